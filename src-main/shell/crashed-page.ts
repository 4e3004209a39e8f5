import { createRecentCount } from '../recent-count'

/** What the process of a page that ended needs from the shell. */
export interface CrashedPageParts {
  /** Loads the page again, in a process of its own. */
  readonly reload: () => void
  /** Says that it goes on ending. Resolves to whether it is tried again; quitting is done by whoever shows it. */
  readonly ask: () => Promise<boolean>
  readonly log: { warn(message: string, facts: Readonly<Record<string, unknown>>): void }
  /** Unix ms. */
  readonly now: () => number
}

/** Crashes in a minute after which a person decides: what crashes at once would be loaded again without end. */
const mostReloads = 3

/**
 * Loads the page of a window again whose process has ended, which would leave a blank window. All that counts is in this
 * process, and the page shows it anew. @returns what is to be told of each end, with its reason
 */
export const createCrashedPage = ({ reload, ask, log, now }: CrashedPageParts): ((reason: string) => void) => {
  const crashes = createRecentCount(now)
  let asking = false
  const askNow = async () => {
    asking = true
    try {
      if (!(await ask())) return
      crashes.clear()
      reload()
    } catch (error) {
      log.warn('It could not be said that the window has crashed', { error })
    } finally {
      asking = false
    }
  }
  return (reason) => {
    log.warn('The page of the window has ended', { reason })
    if (asking) return
    crashes.add()
    if (crashes.count() <= mostReloads) reload()
    else void askNow()
  }
}
