import { array } from 'valibot'
import type { Branch } from '../../../src-preload/contract/entities/repository'
import { Failure } from '../../../src-preload/contract/outcome'
import { type BranchOwner, createBranchSearch, pageCursor } from '../branch-search'
import type { Http } from '../http'
import { linkTo, pageOf } from '../links'
import { listAll } from '../pages'
import type { ProviderClient } from '../provider'
import { readAs } from '../read-as'
import { encodePath } from '../repository-path'
import { toBranch } from './map'
import { BranchRow } from './schema'

const Rows = array(BranchRow)

/** Branches by name, hundred a page; docs.github.com, "Branches". GitHub has no search for them. */
export const createBranches = (http: Http): ProviderClient['branches'] => {
  const base = ({ id }: BranchOwner) => `/repositories/${encodeURIComponent(id)}/branches`

  const search = createBranchSearch((owner, signal) =>
    listAll(
      http,
      {
        first: `${base(owner)}?per_page=100`,
        size: 100,
        rows: (answer) => readAs(Rows, answer).map((row) => toBranch(row, owner.defaultBranch)),
        next: (answer) => linkTo(answer, 'next'),
        last: (answer) => pageOf(linkTo(answer, 'last') ?? ''),
      },
      signal,
    ),
  )

  const readDefault = async (owner: BranchOwner, signal?: AbortSignal): Promise<readonly Branch[]> => {
    if (owner.defaultBranch === null) return []
    const path = `${base(owner)}/${encodePath(owner.defaultBranch.split('/'))}`
    const answer = await http.get(path, { accept: [404], ...(signal && { signal }) })
    return answer.status === 404 ? [] : [toBranch(readAs(BranchRow, answer), owner.defaultBranch)]
  }

  return async (owner, { text, cursor, signal }) => {
    if (text !== '') return { branches: await search(owner, text, signal), next: null }
    const page = pageCursor(cursor)
    if (page === null) throw new Failure('invalid-input')
    // The default branch may be on any page; it is asked for by name so that it can come first.
    const [answer, first] = await Promise.all([
      http.get(`${base(owner)}?per_page=100&page=${page}`, signal ? { signal } : {}),
      page === 1 ? readDefault(owner, signal) : [],
    ])
    const rows = readAs(Rows, answer).map((row) => toBranch(row, owner.defaultBranch))
    const next = linkTo(answer, 'next') === null ? null : String(page + 1)
    return { branches: [...first, ...rows.filter((branch) => !branch.default)], next }
  }
}
