import type { Row } from './row'

/** Rows that are sorted and merged in one go: a task of a few ms. */
const batch = 4096

export type Compare = (one: Row, other: Row) => number

/** Last push first; never pushed last; then by path. */
export const byPush: Compare = (one, other) =>
  (other.pushedAt ?? Number.NEGATIVE_INFINITY) > (one.pushedAt ?? Number.NEGATIVE_INFINITY)
    ? 1
    : other.pushedAt === one.pushedAt
      ? byName(one, other)
      : -1

/** By path, in code-unit order: a thousand times cheaper than a collation, and the same on every computer. */
export const byName: Compare = (one, other) => (one.folded < other.folded ? -1 : one.folded > other.folded ? 1 : 0)

/**
 * Rows in order, kept so while rows come and go by the hundred. New ones wait; a batch of them is sorted and merged with
 * lists of its own size, so that no single step is longer than one pass over all rows.
 */
export interface SortedRows {
  add(row: Row): void
  /** All rows that are not gone, in order. The array is not changed afterwards. */
  rows(): readonly Row[]
  /** A row was marked as gone. */
  dropped(): void
}

export const createSortedRows = (compare: Compare): SortedRows => {
  /** Each sorted, each at least twice as long as the next. */
  let runs: readonly (readonly Row[])[] = []
  let waiting: Row[] = []
  let stale = false

  const push = (run: readonly Row[]) => {
    let last = run
    const left = [...runs]
    for (let before = left.at(-1); before !== undefined && before.length < 2 * last.length; before = left.at(-1)) {
      last = merge(before, last, compare)
      left.pop()
    }
    runs = [...left, last]
  }
  const take = () => {
    if (waiting.length > 0) push(waiting.sort(compare))
    waiting = []
  }

  return {
    add: (row) => {
      waiting.push(row)
      if (waiting.length >= batch) take()
    },
    rows: () => {
      take()
      if (runs.length > 1 || stale) runs = [runs.reduceRight((last, before) => merge(before, last, compare), [])]
      stale = false
      return runs[0] ?? []
    },
    dropped: () => {
      stale = true
    },
  }
}

/** Both in order, without the rows that are gone. */
const merge = (one: readonly Row[], other: readonly Row[], compare: Compare): readonly Row[] => {
  const merged: Row[] = []
  const few = other.length * 8 < one.length
  let at = 0
  for (const row of other) {
    if (row.gone) continue
    // Few into many: the place is looked for in strides, and what lies before is taken over without comparing.
    const place = few ? placeOf(row, one, at, compare) : one.length
    for (; at < place; at++) {
      const before = one[at]
      if (before === undefined || (!few && compare(before, row) > 0)) break
      if (!before.gone) merged.push(before)
    }
    merged.push(row)
  }
  for (; at < one.length; at++) {
    const rest = one[at]
    if (rest !== undefined && !rest.gone) merged.push(rest)
  }
  return merged
}

/** Where a row belongs in a sorted list, not before `from`: strides of doubling length, then halving. */
const placeOf = (row: Row, sorted: readonly Row[], from: number, compare: Compare): number => {
  const isBefore = (at: number) => {
    const other = sorted[at]
    return other !== undefined && compare(other, row) <= 0
  }
  let stride = 1
  while (isBefore(from + stride - 1)) stride *= 2
  let low = from + (stride >> 1)
  let high = Math.min(sorted.length, from + stride - 1)
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}
