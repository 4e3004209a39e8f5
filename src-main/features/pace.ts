/**
 * Calls `act` at once, then at most once in `interval` ms, the last time never forgotten. Default: 20 a second. `now` does
 * not wait for its turn: for the one thing that somebody is looking out for.
 */
export const pace = (act: () => void, interval = 50): { soon(): void; now(): void; stop(): void } => {
  let timer: NodeJS.Timeout | null = null
  let wanted = false
  const rest = () => {
    timer = setTimeout(() => {
      timer = null
      if (!wanted) return
      wanted = false
      rest()
      act()
    }, interval)
    timer.unref()
  }
  return {
    soon: () => {
      if (timer !== null) {
        wanted = true
        return
      }
      rest()
      act()
    },
    now: () => {
      if (timer !== null) clearTimeout(timer)
      wanted = false
      rest()
      act()
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      wanted = false
    },
  }
}
