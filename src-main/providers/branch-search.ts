import type { Branch } from '../../src-preload/contract/entities/repository'
import type { Failure } from '../../src-preload/contract/outcome'
import type { ListOptions, RemoteRepository } from './provider'

/** What is needed to list a repository's branches. */
export type BranchOwner = Pick<RemoteRepository, 'id' | 'path' | 'defaultBranch'>

/** How long a list of branches serves the next keystrokes, in ms. */
const fresh = 30_000
/** More hits than this say "type more". */
const most = 200

/** Puts the default branch first and keeps the others in their order. */
export const defaultFirst = (branches: readonly Branch[]): readonly Branch[] => [
  ...branches.filter((branch) => branch.default),
  ...branches.filter((branch) => !branch.default),
]

/**
 * One page of branches. The default one may be on any page: it is asked for by name (`named`), comes first, and is left
 * out where its page has it.
 */
export const withDefault = (page: number, named: readonly Branch[], rows: readonly Branch[]): readonly Branch[] =>
  page === 1 && named.length === 0 ? defaultFirst(rows) : [...named, ...rows.filter((branch) => !branch.default)]

/**
 * Search for providers that cannot search branches themselves: all are listed once, and the next keystrokes are
 * answered from that list. Only the latest repository's list is kept.
 */
export const createBranchSearch = (
  list: (owner: BranchOwner, options: ListOptions) => Promise<readonly Branch[]>,
  now: () => number = Date.now,
): ((owner: BranchOwner, text: string, options: ListOptions) => Promise<readonly Branch[]>) => {
  let kept: {
    readonly id: string
    readonly at: number
    readonly branches: readonly Branch[]
    readonly partial: readonly Failure[]
  } | null = null
  return async (owner, text, { signal, onPartial }) => {
    if (kept === null || kept.id !== owner.id || now() - kept.at > fresh) {
      const partial: Failure[] = []
      const told = { onPartial: (failure: Failure) => void partial.push(failure) }
      kept = { id: owner.id, at: now(), branches: await list(owner, { ...told, ...(signal && { signal }) }), partial }
    }
    for (const failure of kept.partial) onPartial?.(failure)
    const wanted = text.toLowerCase()
    return defaultFirst(kept.branches.filter(({ name }) => name.toLowerCase().includes(wanted))).slice(0, most)
  }
}

/** A page number that travelled to the window and back as a cursor; null when it is none. */
export const pageCursor = (cursor: string | null): number | null => {
  if (cursor === null) return 1
  return /^[1-9]\d{0,5}$/.test(cursor) ? Number(cursor) : null
}
