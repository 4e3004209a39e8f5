/** How often each value occurs, kept while rows come and go. */
export interface Tally {
  add(value: string | null): void
  remove(value: string | null): void
  readonly counts: ReadonlyMap<string, number>
}

export const createTally = (): Tally => {
  const counts = new Map<string, number>()
  const change = (value: string | null, by: number) => {
    if (value === null) return
    const count = (counts.get(value) ?? 0) + by
    if (count > 0) counts.set(value, count)
    else counts.delete(value)
  }
  return { add: (value) => change(value, 1), remove: (value) => change(value, -1), counts }
}

/** The most frequent values of all tallies together, at most `limit`; equal ones by name. */
export const mostFrequent = (tallies: readonly ReadonlyMap<string, number>[], limit: number): readonly string[] => {
  const [first, ...others] = tallies
  const sum = new Map(first)
  for (const counts of others) {
    for (const [value, count] of counts) sum.set(value, (sum.get(value) ?? 0) + count)
  }
  return [...sum]
    .sort(([one, many], [other, few]) => few - many || (one < other ? -1 : 1))
    .slice(0, limit)
    .map(([value]) => value)
}
