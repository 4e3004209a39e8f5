import type { Branch } from '../../../src-preload/contract/entities/repository'
import { Failure } from '../../../src-preload/contract/outcome'
import { type BranchOwner, createBranchSearch, pageCursor } from '../branch-search'
import type { Http } from '../http'
import { linkTo } from '../links'
import { listAll } from '../pages'
import type { ProviderClient } from '../provider'
import { readAs } from '../read-as'
import { encodePath } from '../repository-path'
import { toBranch } from './map'
import { currentPath, linked, size } from './repositories'
import { Branches, BranchRow } from './schema'

/** Branches, fifty a page. Gitea has no search for them. */
export const createBranches = (http: Http): ProviderClient['branches'] => {
  const base = async (owner: BranchOwner, signal?: AbortSignal) => `${await currentPath(http, owner, signal)}/branches`

  const search = createBranchSearch(async (owner, signal) =>
    listAll(
      http,
      {
        ...linked,
        first: `${await base(owner, signal)}?limit=${size}`,
        rows: (answer) => readAs(Branches, answer).map((row) => toBranch(row, owner.defaultBranch)),
      },
      signal,
    ),
  )

  const readDefault = async (path: string, owner: BranchOwner, signal?: AbortSignal): Promise<readonly Branch[]> => {
    if (owner.defaultBranch === null) return []
    const options = { accept: [404], ...(signal && { signal }) }
    const answer = await http.get(`${path}/${encodePath(owner.defaultBranch.split('/'))}`, options)
    return answer.status === 404 ? [] : [toBranch(readAs(BranchRow, answer), owner.defaultBranch)]
  }

  return async (owner, { text, cursor, signal }) => {
    if (text !== '') return { branches: await search(owner, text, signal), next: null }
    const page = pageCursor(cursor)
    if (page === null) throw new Failure('invalid-input')
    const path = await base(owner, signal)
    const [answer, first] = await Promise.all([
      http.get(`${path}?limit=${size}&page=${page}`, signal ? { signal } : {}),
      // Anywhere in the list; asked for by name so that it can come first.
      page === 1 ? readDefault(path, owner, signal) : [],
    ])
    const rows = readAs(Branches, answer).map((row) => toBranch(row, owner.defaultBranch))
    const next = linkTo(answer, 'next') === null ? null : String(page + 1)
    return { branches: [...first, ...rows.filter((branch) => !branch.default)], next }
  }
}
