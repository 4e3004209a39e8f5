import type { Events, On } from '../../src-preload/contract'

/** Announcements without a main behind them, for what listens to a few of them. */
export const createAnnouncer = () => {
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const on: On = (event, listener) => {
    const all = listeners.get(event) ?? new Set()
    listeners.set(event, all.add(listener))
    return () => {
      all.delete(listener)
    }
  }
  return {
    on,
    announce: <E extends keyof Events>(event: E, payload: Events[E]): void => {
      for (const listener of listeners.get(event) ?? []) listener(payload as never)
    },
  }
}
