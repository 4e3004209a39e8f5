import type { App } from 'electron'

/** The scheme that brings a sign-in back from the browser. */
export const deepLinkScheme = 'cloudaipilot'

/** Where links come from: the first start's argv, a second start's argv, or macOS's own event. */
export interface DeepLinkSources {
  /** Called with every argv that may hold a link. */
  readonly onArgv: (argv: readonly string[]) => void
  /** Called with a link that the system delivered by itself (macOS). */
  readonly onUrl: (url: string) => void
}

/**
 * Makes this the only running copy for its profile and listens for links.
 * @returns false when another copy runs: it has been handed our argv, and this one has to quit.
 */
export const listenForDeepLinks = (app: App, argv: readonly string[], { onArgv, onUrl }: DeepLinkSources): boolean => {
  // Chromium reorders and adds to a second start's argv, so ours goes along byte for byte.
  if (!app.requestSingleInstanceLock({ argv: argv.slice(1) })) return false
  app.on('second-instance', (_event, received, _directory, data) => onArgv(argvOf(data) ?? received))
  app.on('open-url', (event, url) => {
    event.preventDefault()
    onUrl(url)
  })
  return true
}

const argvOf = (data: unknown): readonly string[] | null => {
  if (typeof data !== 'object' || data === null || !('argv' in data) || !Array.isArray(data.argv)) return null
  return data.argv.every((part): part is string => typeof part === 'string') ? data.argv : null
}
