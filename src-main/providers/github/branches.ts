import type { Branch } from '../../../src-preload/contract/entities/repository'
import { Failure } from '../../../src-preload/contract/outcome'
import { type BranchOwner, createBranchSearch, pageCursor, withDefault } from '../branch-search'
import type { Http } from '../http'
import { linkTo, pageOf } from '../links'
import { goodRows, listAll } from '../pages'
import type { ProviderClient } from '../provider'
import { readIf, readRows } from '../read-as'
import { encodePath } from '../repository-path'
import { toBranch } from './map'
import { BranchRow } from './schema'

/** Branches by name, hundred a page; docs.github.com, "Branches". GitHub has no search for them. */
export const createBranches = (http: Http): ProviderClient['branches'] => {
  const base = ({ id }: BranchOwner) => `/repositories/${encodeURIComponent(id)}/branches`

  const search = createBranchSearch((owner, options) =>
    listAll(
      http,
      {
        first: `${base(owner)}?per_page=100`,
        size: 100,
        rows: (answer) => readRows(BranchRow, answer, (row) => toBranch(row, owner.defaultBranch)),
        next: (answer) => linkTo(answer, 'next'),
        last: (answer) => pageOf(linkTo(answer, 'last') ?? ''),
      },
      options,
    ),
  )

  const readDefault = async (owner: BranchOwner, signal?: AbortSignal): Promise<readonly Branch[]> => {
    if (owner.defaultBranch === null) return []
    const path = `${base(owner)}/${encodePath(owner.defaultBranch.split('/'))}`
    const answer = await http.get(path, { accept: [404], ...(signal && { signal }) })
    return answer.status === 404 ? [] : readIf(BranchRow, answer, (row) => toBranch(row, owner.defaultBranch))
  }

  return async (owner, options) => {
    const { text, cursor, signal } = options
    if (text !== '') return { branches: await search(owner, text, options), next: null }
    const page = pageCursor(cursor)
    if (page === null) throw new Failure('invalid-input')
    const [answer, first] = await Promise.all([
      http.get(`${base(owner)}?per_page=100&page=${page}`, signal ? { signal } : {}),
      page === 1 ? readDefault(owner, signal) : [],
    ])
    const rows = readRows(BranchRow, answer, (row) => toBranch(row, owner.defaultBranch))
    const next = linkTo(answer, 'next') === null ? null : String(page + 1)
    return { branches: withDefault(page, first, goodRows(rows, options.onPartial)), next }
  }
}
