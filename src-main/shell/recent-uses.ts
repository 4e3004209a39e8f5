/** Milliseconds that a use counts for. */
const countedMs = 60_000

/**
 * Counts what the page does with something that a person shares with other programs. @returns whether it may do it once more
 * now, which then counts
 * @param most so many in a minute. @param now Unix ms
 */
export const createRecentUses = (most: number, now: () => number): (() => boolean) => {
  let uses: readonly number[] = []
  return () => {
    const at = now()
    uses = uses.filter((one) => one <= at && at - one < countedMs)
    if (uses.length >= most) return false
    uses = [...uses, at]
    return true
  }
}
