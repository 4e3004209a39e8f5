/** Time, as a port: what waits or measures takes a clock, so that a test moves it by hand. */
export interface Clock {
  /** Unix ms. */
  now(): number
  /** Runs `action` once after `ms`. Returns what calls it off; calling that later, or twice, does nothing. */
  after(ms: number, action: () => void): () => void
}

/** The computer's own clock. Its timers keep no process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
