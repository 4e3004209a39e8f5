import type { Repository } from './entities'

interface Sorted {
  readonly stamp: string
  readonly lists: Map<string, readonly Repository[]>
}

const cache = new WeakMap<object, Sorted>()

/**
 * A list that is dear to make (100,000 rows filtered and sorted) and is asked for page by page.
 * Kept for `owner` under `key` until `stamp` changes.
 */
export function keptList(
  owner: object,
  stamp: string,
  key: string,
  make: () => readonly Repository[],
): readonly Repository[] {
  const known = cache.get(owner)
  const sorted = known?.stamp === stamp ? known : { stamp, lists: new Map<string, readonly Repository[]>() }
  cache.set(owner, sorted)
  const rows = sorted.lists.get(key) ?? make()
  sorted.lists.set(key, rows)
  return rows
}

/** Orders by a text or number; equal ones stay in order of id. */
export const ordered = (
  rows: readonly Repository[],
  by: (repository: Repository) => string | number,
  direction: 'asc' | 'desc',
): readonly Repository[] => {
  const sign = direction === 'asc' ? 1 : -1
  return rows
    .map((row) => ({ row, value: by(row) }))
    .sort((a, b) => (a.value < b.value ? -sign : a.value > b.value ? sign : a.row.id - b.row.id))
    .map(({ row }) => row)
}
