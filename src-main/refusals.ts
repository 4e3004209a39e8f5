/** Counts what a person refused lately, so that nobody can wear them down by asking again and again. */
export interface Refusals {
  /** Whether it is time to ask nothing for a while. */
  tooMany(): boolean
  add(): void
  /** What was agreed to ends the count. */
  clear(): void
}

/** Milliseconds that a refusal counts for. */
const countedMs = 60_000

/** @param most so many in a minute are too many. @param now Unix ms */
export const createRefusals = (most: number, now: () => number): Refusals => {
  let refusals: readonly number[] = []
  return {
    tooMany: () => {
      const at = now()
      refusals = refusals.filter((one) => one <= at && at - one < countedMs)
      return refusals.length >= most
    },
    add: () => {
      refusals = [...refusals, now()]
    },
    clear: () => {
      refusals = []
    },
  }
}
