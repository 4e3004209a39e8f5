/** Time, as a port: what waits or measures takes a clock, so that a test moves it by hand. */
export interface Clock {
  /** Unix ms. */
  now(): number
  /** Runs `action` once after `ms`. Returns what calls it off; calling that later, or twice, does nothing. */
  after(ms: number, action: () => void): () => void
}

/** Waits so many ms, or until it is cancelled; then it just ends. */
export const pause = (clock: Pick<Clock, 'after'>, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      callOff()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const callOff = clock.after(ms, end)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })

/** The computer's own clock. Its timers keep no process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
