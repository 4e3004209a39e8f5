/** The value in the middle; of two in the middle, their mean. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The smallest value that this share of all values does not exceed, e.g. 0.95. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

type Measure = () => Promise<number>

/**
 * Measures two things in turn, so that a busy minute of the computer befalls both, each first as often as the other.
 * Both are done once before, unmeasured. Answers the medians.
 */
export const compare = async (
  runs: number,
  ours: Measure,
  plain: Measure,
): Promise<{ readonly ours: number; readonly reference: number }> => {
  await plain()
  await ours()
  const own: number[] = []
  const other: number[] = []
  for (let run = 0; run < runs; run += 1) {
    if (run % 2 === 0) own.push(await ours())
    other.push(await plain())
    if (run % 2 === 1) own.push(await ours())
  }
  if (process.env.CLOUDAIPILOT_BENCH_SAMPLES !== undefined) console.log({ ours: own, reference: other })
  return { ours: median(own), reference: median(other) }
}

/** Milliseconds that something takes. */
export const time = async (act: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await act()
  return performance.now() - from
}

/** Milliseconds since the epoch, finer than `Date.now`, and the same clock in every process. */
export const instant = (): number => performance.timeOrigin + performance.now()
