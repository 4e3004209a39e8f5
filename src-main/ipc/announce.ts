import type { WebContents } from 'electron'
import { parse } from 'valibot'
import { type Events, events } from '../../src-preload/contract/events'

/** Tells the window something. Payloads are parsed on their way out, like a method's output. */
export type Announce = <E extends keyof Events>(event: E, payload: Events[E]) => void

/** Announces to every window that `windows` names at that moment; without a window nothing is lost, since it asks when it opens. */
export const createAnnounce =
  (windows: () => readonly WebContents[]): Announce =>
  (event, payload) => {
    const open = windows()
    if (open.length === 0) return
    const message: unknown = parse(events[event], payload)
    for (const contents of open) contents.send('announce', event, message)
  }
