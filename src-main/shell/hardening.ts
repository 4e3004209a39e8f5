import type { App, Session, WebContents } from 'electron'
import { origin } from './app-origin'

/** The one permission that a window may have: putting text on the clipboard after a click. */
const permitted = new Set(['clipboard-sanitized-write'])

const isOurs = (address: string): boolean => {
  try {
    const { protocol, host } = new URL(address)
    return `${protocol}//${host}` === origin
  } catch {
    return false
  }
}

/** Electron grants permissions unless told otherwise: deny them all, when asked and when merely checked. */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permitted.has(permission)))
  session.setPermissionCheckHandler((_contents, permission) => permitted.has(permission))
  session.setDevicePermissionHandler(() => false)
}

/** No window of ours ever leaves its page, opens another, or holds a guest. */
const confine = (contents: WebContents, refused: (scheme: string) => void): void => {
  const refuse = (event: { preventDefault(): void; readonly url?: string }, url: string) => {
    if (isOurs(url)) return
    event.preventDefault()
    refused(url.split(':', 1)[0] ?? '')
  }
  contents.on('will-navigate', (event, url) => refuse(event, event.url ?? url))
  contents.on('will-redirect', (event, url) => refuse(event, event.url ?? url))
  contents.on('will-frame-navigate', (event) => refuse(event, event.url))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Applies to every page the app will ever hold; call before the first window. `refused` is told of navigations. */
export const harden = (app: App, refused: (scheme: string) => void): void => {
  app.on('web-contents-created', (_event, contents) => confine(contents, refused))
  // The window has no network of its own, so no certificate is ever a question to it.
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault()
    answer(false)
  })
}
