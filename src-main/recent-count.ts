/** Milliseconds that something counts for. */
const countedMs = 60_000

/** How often something happened in the last minute. */
export interface RecentCount {
  add(): void
  count(): number
  /** Begins anew. */
  clear(): void
}

/** @param now Unix ms */
export const createRecentCount = (now: () => number): RecentCount => {
  let times: readonly number[] = []
  return {
    add: () => {
      times = [...times, now()]
    },
    count: () => {
      const at = now()
      times = times.filter((time) => time <= at && at - time < countedMs)
      return times.length
    },
    clear: () => {
      times = []
    },
  }
}
