import { app, type BrowserWindow, type WebContents } from 'electron'
import { origin } from './app-origin'
import { openWindow, placeOf, type WindowPlace } from './window'

/** Holds the one window: opens it, brings it to the front, knows whether it is there. */
export interface WindowHost {
  /** Opens it, or brings it to the front. */
  show(): void
  window(): BrowserWindow | null
  /** Loads its page again, if it is there. */
  reload(): void
  contents(): readonly WebContents[]
  /** Takes it off the screen for good: where it stands is kept. */
  leave(): void
}

export const createWindowHost = (options: {
  readonly preload: string
  readonly icon: string
  /** The window that was opened before anything else was loaded; null when the app starts hidden. */
  readonly first: BrowserWindow | null
  readonly place: () => WindowPlace
  readonly onPlace: (place: WindowPlace) => void
  /** The process of its page has ended, though nobody closed it. */
  readonly onCrash: (reason: string) => void
}): WindowHost => {
  let window: BrowserWindow | null = null
  let left = false
  const keepPlace = (opened: BrowserWindow) => {
    const place = placeOf(opened)
    if (place !== null) options.onPlace(place)
  }
  const take = (opened: BrowserWindow) => {
    window = opened
    opened.on('close', () => keepPlace(opened))
    const tell = (reason: string) => {
      // Loading while the end is being told crashes Chromium.
      setImmediate(() => {
        if (!left && !opened.isDestroyed()) options.onCrash(reason)
      })
    }
    opened.webContents.on('render-process-gone', (_event, { reason }) => tell(reason))
    // Before anybody listened.
    if (opened.webContents.isCrashed()) tell('crashed')
  }
  const alive = () => (window === null || window.isDestroyed() ? null : window)
  if (options.first !== null && !options.first.isDestroyed()) take(options.first)
  return {
    show: () => {
      const open = alive()
      if (open !== null) {
        if (open.isMinimized()) open.restore()
        open.show()
        open.focus()
        return
      }
      const { preload, icon, place } = options
      take(openWindow({ preload, icon, place: place(), developerTools: !app.isPackaged }))
    },
    window: alive,
    reload: () => {
      // To its own address, whatever the page has made of that (HTML, `history.pushState`).
      void alive()
        ?.loadURL(`${origin}/`)
        .catch(() => undefined)
    },
    contents: () => {
      const open = alive()
      return open === null ? [] : [open.webContents]
    },
    leave: () => {
      left = true
      const open = alive()
      if (open === null) return
      keepPlace(open)
      open.hide()
    },
  }
}
