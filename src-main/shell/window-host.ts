import { app, type BrowserWindow, type WebContents } from 'electron'
import { type OpenedWindow, openWindow, placeWindow, type WindowPlace } from './window'

/** Holds the one window: opens it, brings it to the front, knows whether it is there. */
export interface WindowHost {
  /** Opens it, or brings it to the front. */
  show(): void
  window(): BrowserWindow | null
  /** Loads its page again, if it is there. */
  reload(): void
  contents(): readonly WebContents[]
  /** Runs once the window has painted: at once where it has, else after its first paint. Only then does it hear announcements. */
  whenPainted(act: () => void): void
}

export const createWindowHost = (options: {
  readonly preload: string
  readonly icon: string
  /** The window that was opened before anything else was loaded; null when the app starts hidden. */
  readonly first: OpenedWindow | null
  readonly place: () => WindowPlace
  readonly onPlace: (place: WindowPlace) => void
}): WindowHost => {
  let window: BrowserWindow | null = null
  let painted = false
  let waiting: readonly (() => void)[] = []
  const take = (opened: OpenedWindow) => {
    window = opened.window
    placeWindow(opened.window, options.place(), options.onPlace)
    void opened.painted.then(() => {
      if (opened.window.isDestroyed()) return
      opened.window.show()
      painted = true
      const acts = waiting
      waiting = []
      for (const act of acts) act()
    })
  }
  const alive = () => (window === null || window.isDestroyed() ? null : window)
  if (options.first !== null) take(options.first)
  return {
    show: () => {
      const open = alive()
      if (open !== null) {
        if (open.isMinimized()) open.restore()
        open.show()
        open.focus()
        return
      }
      painted = false
      take(openWindow({ preload: options.preload, icon: options.icon, developerTools: !app.isPackaged }))
    },
    window: alive,
    reload: () => alive()?.webContents.reload(),
    contents: () => {
      const open = alive()
      return open === null ? [] : [open.webContents]
    },
    whenPainted: (act) => {
      if (painted && alive() !== null) act()
      else waiting = [...waiting, act]
    },
  }
}
