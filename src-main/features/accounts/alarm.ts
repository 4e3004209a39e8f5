import type { Clock } from '../../clock'

/** Longest sleep of the timer: what is due is computed anew from the wall clock, so a computer that slept is late by no more. */
const longest = 30_000
const shortest = 200
/** Wall clock and monotonic clock apart by more: the computer slept or its clock was set. */
const jump = 60_000

export interface AlarmParts {
  readonly clock: Clock
  /** Monotonic ms; `performance.now` unless given. */
  readonly monotonic?: () => number
  /** Unix ms of the next thing to do, or null. */
  readonly due: () => number | null
  readonly ring: () => void
  /** The clock was set or the computer slept. */
  readonly jumped: () => void
}

/** Rings when something is due by the wall clock, through sleep and changes of the clock. */
export interface Alarm {
  start(): void
  stop(): void
  /** What is due has changed. */
  set(): void
  /** Looks at the clocks now. */
  look(): void
}

export const createAlarm = ({ clock, due, ring, jumped, monotonic = () => performance.now() }: AlarmParts): Alarm => {
  let calm: (() => void) | null = null
  let running = false
  let wall = 0
  let steady = 0

  const read = () => {
    wall = clock.now()
    steady = monotonic()
  }
  const set = () => {
    calm?.()
    calm = null
    if (!running) return
    const next = due()
    const delay = next === null ? longest : Math.max(shortest, Math.min(longest, next - clock.now()))
    calm = clock.after(delay, look)
  }
  const look = () => {
    if (!running) return
    const apart = Math.abs(clock.now() - wall - (monotonic() - steady))
    read()
    if (apart > jump) jumped()
    const next = due()
    if (next !== null && next <= clock.now()) ring()
    set()
  }

  return {
    start: () => {
      running = true
      read()
      set()
    },
    stop: () => {
      running = false
      set()
    },
    set,
    look,
  }
}
