import type { Branch } from '../../../src-preload/contract/entities/repository'
import { Failure } from '../../../src-preload/contract/outcome'
import { type BranchOwner, createBranchSearch, pageCursor, withDefault } from '../branch-search'
import type { Http } from '../http'
import { linkTo } from '../links'
import { goodRows, listAll } from '../pages'
import type { ProviderClient } from '../provider'
import { readIf, readRows } from '../read-as'
import { encodePath } from '../repository-path'
import { toBranch } from './map'
import { currentPath, linked, size } from './repositories'
import { BranchRow } from './schema'

/** Branches, fifty a page. Gitea has no search for them. */
export const createBranches = (http: Http): ProviderClient['branches'] => {
  const base = async (owner: BranchOwner, signal?: AbortSignal) => `${await currentPath(http, owner, signal)}/branches`

  const search = createBranchSearch(async (owner, options) =>
    listAll(
      http,
      {
        ...linked,
        first: `${await base(owner, options.signal)}?limit=${size}`,
        rows: (answer) => readRows(BranchRow, answer, (row) => toBranch(row, owner.defaultBranch)),
      },
      options,
    ),
  )

  const readDefault = async (path: string, owner: BranchOwner, signal?: AbortSignal): Promise<readonly Branch[]> => {
    if (owner.defaultBranch === null) return []
    const options = { accept: [404], ...(signal && { signal }) }
    const answer = await http.get(`${path}/${encodePath(owner.defaultBranch.split('/'))}`, options)
    return answer.status === 404 ? [] : readIf(BranchRow, answer, (row) => toBranch(row, owner.defaultBranch))
  }

  return async (owner, options) => {
    const { text, cursor, signal } = options
    if (text !== '') return { branches: await search(owner, text, options), next: null }
    const page = pageCursor(cursor)
    if (page === null) throw new Failure('invalid-input')
    const path = await base(owner, signal)
    const [answer, first] = await Promise.all([
      http.get(`${path}?limit=${size}&page=${page}`, signal ? { signal } : {}),
      page === 1 ? readDefault(path, owner, signal) : [],
    ])
    const rows = readRows(BranchRow, answer, (row) => toBranch(row, owner.defaultBranch))
    const next = linkTo(answer, 'next') === null ? null : String(page + 1)
    return { branches: withDefault(page, first, goodRows(rows, options.onPartial)), next }
  }
}
