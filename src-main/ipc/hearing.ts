import type { EventName, Events } from '../../src-preload/contract/events'
import type { Announce } from './announce'

/** Main listens to what it announces, e.g. for the tray, which is there without any window. */
export interface Hearing {
  readonly announce: Announce
  /** Calls the listener after each announcement of that name; returns what ends that. */
  hear<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void
}

/** @see Hearing */
export const createHearing = (tellWindows: Announce): Hearing => {
  const listeners = new Map<EventName, ((payload: never) => void)[]>()
  return {
    announce: (event, payload) => {
      tellWindows(event, payload)
      for (const listener of listeners.get(event) ?? []) listener(payload as never)
    },
    hear: (event, listener) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener])
      return () => {
        listeners.set(
          event,
          (listeners.get(event) ?? []).filter((one) => one !== listener),
        )
      }
    },
  }
}
