import type { Branch } from '../../../src-preload/contract/entities/repository'
import { Failure } from '../../../src-preload/contract/outcome'
import { type BranchOwner, defaultFirst, pageCursor, withDefault } from '../branch-search'
import type { Answer, Http } from '../http'
import { goodRows } from '../pages'
import type { ProviderClient } from '../provider'
import { type Rows, readIf, readRows } from '../read-as'
import { toBranch } from './map'
import { BranchRow } from './schema'

const size = 100

/**
 * Whether a page has a successor. GitLab reads the first page without counting and always calls a second one its next;
 * the number of pages that it tells there is right, and only a full page can have a successor.
 */
const hasNext = ({ headers }: Answer, page: number, { rows, unread }: Rows<Branch>): boolean => {
  const last = headers['x-total-pages'] ?? ''
  const ends = /^\d+$/.test(last) && page >= Number(last)
  return headers['x-next-page'] !== undefined && headers['x-next-page'] !== '' && !ends && rows.length + unread >= size
}

/** Branches by name, hundred a page, searched by GitLab; docs.gitlab.com, "Branches API". */
export const createBranches = (http: Http): ProviderClient['branches'] => {
  const base = ({ id }: BranchOwner) => `/projects/${encodeURIComponent(id)}/repository/branches`

  const readDefault = async (owner: BranchOwner, signal?: AbortSignal): Promise<readonly Branch[]> => {
    if (owner.defaultBranch === null) return []
    const path = `${base(owner)}/${encodeURIComponent(owner.defaultBranch)}`
    const answer = await http.get(path, { accept: [404], ...(signal && { signal }) })
    return answer.status === 404 ? [] : readIf(BranchRow, answer, (row) => ({ ...toBranch(row), default: true }))
  }

  return async (owner, { text, cursor, signal, onPartial }) => {
    const page = pageCursor(cursor)
    if (page === null) throw new Failure('invalid-input')
    const search = text === '' ? '' : `&search=${encodeURIComponent(text)}`
    const [answer, first] = await Promise.all([
      http.get(`${base(owner)}?per_page=${size}&page=${page}${search}`, signal ? { signal } : {}),
      page === 1 && text === '' ? readDefault(owner, signal) : [],
    ])
    const rows = readRows(BranchRow, answer, toBranch)
    const good = goodRows(rows, onPartial)
    const branches = text === '' ? withDefault(page, first, good) : defaultFirst(good)
    return { branches, next: hasNext(answer, page, rows) ? String(page + 1) : null }
  }
}
