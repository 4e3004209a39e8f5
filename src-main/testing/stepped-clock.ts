/** Time that passes only when a test says so. */
export interface SteppedClock {
  now(): number
  after(milliseconds: number, run: () => void): () => void
  /** Lets so many ms pass; what is due runs at its time, in order. */
  advance(milliseconds: number): void
  /** Times of what is still to run, in ms from now, soonest first. */
  due(): readonly number[]
  /** Resolves as soon as something waits for this clock that is due within so many ms. */
  somethingWithin(milliseconds: number): Promise<void>
}

export const steppedClock = (start = Date.UTC(2026, 0, 31, 12)): SteppedClock => {
  let now = start
  let timers: readonly { readonly at: number; readonly run: () => void }[] = []
  let watchers: readonly { readonly within: number; readonly resolve: () => void }[] = []

  const notify = () => {
    const soonest = Math.min(...timers.map(({ at }) => at - now))
    const ready = watchers.filter(({ within }) => soonest <= within)
    watchers = watchers.filter((watcher) => !ready.includes(watcher))
    for (const { resolve } of ready) resolve()
  }

  return {
    now: () => now,
    after: (milliseconds, run) => {
      const timer = { at: now + milliseconds, run }
      timers = [...timers, timer]
      notify()
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    advance: (milliseconds) => {
      const end = now + milliseconds
      while (true) {
        const [next] = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)
        if (!next) break
        timers = timers.filter((one) => one !== next)
        now = Math.max(now, next.at)
        next.run()
      }
      now = end
    },
    due: () => timers.map(({ at }) => at - now).sort((one, other) => one - other),
    somethingWithin: (within) =>
      new Promise((resolve) => {
        watchers = [...watchers, { within, resolve }]
        notify()
      }),
  }
}
