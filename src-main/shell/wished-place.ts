import type { Events } from '../../src-preload/contract/events'
import type { Announce } from '../ipc/announce'

/** Where a menu, the tray or a link wants the window to be. */
export interface WishedPlace {
  /** Tells the window. One that is only opening asks for it as soon as it listens. */
  wish(to: string, from: Events['system.navigate']['from']): void
  /** Keeps a place for the page that is loaded next. */
  keep(to: string): void
  /** The last wish that no window has heard, or null; it is taken by asking. */
  take(): string | null
}

/** @see WishedPlace */
export const createWishedPlace = (announce: Announce): WishedPlace => {
  let wished: string | null = null
  return {
    wish: (to, from) => {
      wished = to
      announce('system.navigate', { to, from })
    },
    keep: (to) => {
      wished = to
    },
    take: () => {
      const to = wished
      wished = null
      return to
    },
  }
}
