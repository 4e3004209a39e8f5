import type { Branch } from '../../../src-preload/contract/entities/repository'
import { Failure } from '../../../src-preload/contract/outcome'
import { type BranchOwner, defaultFirst, pageCursor } from '../branch-search'
import type { Http } from '../http'
import type { ProviderClient } from '../provider'
import { readAs } from '../read-as'
import { toBranch } from './map'
import { Branches, BranchRow } from './schema'

/** Branches by name, hundred a page, searched by GitLab; docs.gitlab.com, "Branches API". */
export const createBranches = (http: Http): ProviderClient['branches'] => {
  const base = ({ id }: BranchOwner) => `/projects/${encodeURIComponent(id)}/repository/branches`

  const readDefault = async (owner: BranchOwner, signal?: AbortSignal): Promise<readonly Branch[]> => {
    if (owner.defaultBranch === null) return []
    const path = `${base(owner)}/${encodeURIComponent(owner.defaultBranch)}`
    const answer = await http.get(path, { accept: [404], ...(signal && { signal }) })
    return answer.status === 404 ? [] : [{ ...toBranch(readAs(BranchRow, answer)), default: true }]
  }

  return async (owner, { text, cursor, signal }) => {
    const page = pageCursor(cursor)
    if (page === null) throw new Failure('invalid-input')
    const search = text === '' ? '' : `&search=${encodeURIComponent(text)}`
    const [answer, first] = await Promise.all([
      http.get(`${base(owner)}?per_page=100&page=${page}${search}`, signal ? { signal } : {}),
      // Anywhere in the list; asked for by name so that it can come first.
      page === 1 && text === '' ? readDefault(owner, signal) : [],
    ])
    const rows = readAs(Branches, answer).map(toBranch)
    const branches = text === '' ? [...first, ...rows.filter((branch) => !branch.default)] : defaultFirst(rows)
    return { branches, next: answer.headers['x-next-page'] ? String(page + 1) : null }
  }
}
