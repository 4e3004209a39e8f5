import type { Clock } from '../clock'

/** A clock that stands still until a test moves it. */
export interface FixedClock extends Clock {
  /** Moves on by `ms` and runs what came due, in order; what that schedules runs too if it is due by then. */
  advance(ms: number): void
  /** How many timers are waiting. */
  readonly waiting: number
}

/** @param start Unix ms at which it stands; 2026-01-01 00:00 UTC unless told. */
export const fixedClock = (start = Date.UTC(2026, 0, 1)): FixedClock => {
  let now = start
  let timers: readonly { readonly at: number; readonly action: () => void }[] = []
  return {
    now: () => now,
    after: (ms, action) => {
      const timer = { at: now + Math.max(0, ms), action }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance: (ms) => {
      const end = now + ms
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        timers = timers.filter((other) => other !== next)
        now = next.at
        next.action()
      }
      now = end
    },
    get waiting() {
      return timers.length
    },
  }
}
