import { app, type BrowserWindow, type WebContents } from 'electron'
import { openWindow, type WindowPlace } from './window'

/** Holds the one window: opens it, brings it to the front, knows whether it is there. */
export interface WindowHost {
  /** Opens it, or brings it to the front. `hidden` opens it without showing. */
  show(): void
  window(): BrowserWindow | null
  contents(): readonly WebContents[]
  /** Called each time a window has painted for the first time. */
  onPainted(listener: () => void): void
}

export const createWindowHost = (options: {
  readonly preload: string
  readonly icon: string
  readonly place: () => WindowPlace
  readonly onPlace: (place: WindowPlace) => void
}): WindowHost => {
  let window: BrowserWindow | null = null
  const painted: (() => void)[] = []
  const alive = () => (window === null || window.isDestroyed() ? null : window)
  return {
    show: () => {
      const open = alive()
      if (open !== null) {
        if (open.isMinimized()) open.restore()
        open.show()
        open.focus()
        return
      }
      window = openWindow({
        preload: options.preload,
        icon: options.icon,
        place: options.place(),
        developerTools: !app.isPackaged,
        show: true,
        onPlace: options.onPlace,
      })
      window.once('ready-to-show', () => {
        for (const listener of painted) listener()
      })
    },
    window: alive,
    contents: () => {
      const open = alive()
      return open === null ? [] : [open.webContents]
    },
    onPainted: (listener) => painted.push(listener),
  }
}
