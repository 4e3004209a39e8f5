import type { Branch } from '../../../src-preload/contract/entities/repository'
import { Failure } from '../../../src-preload/contract/outcome'
import { type BranchOwner, defaultFirst, pageCursor, withDefault } from '../branch-search'
import type { Http } from '../http'
import { goodRows } from '../pages'
import type { ProviderClient } from '../provider'
import { readAs, readIf, readRows } from '../read-as'
import { encodePath } from '../repository-path'
import { toBranch } from './map'
import { repositoryPath } from './repositories'
import { BranchRow, Page } from './schema'

/** `name~"text"`, the text without what would end it; developer.atlassian.com, "Filter and sort API objects". */
const filterFor = (text: string): string =>
  text === '' ? '' : `&q=${encodeURIComponent(`name~"${text.replace(/["\\]/g, '')}"`)}`

/** Branches, hundred a page, searched by Bitbucket. */
export const createBranches = (http: Http): ProviderClient['branches'] => {
  const readDefault = async (owner: BranchOwner, signal?: AbortSignal): Promise<readonly Branch[]> => {
    if (owner.defaultBranch === null) return []
    const path = `${repositoryPath(owner)}/refs/branches/${encodePath(owner.defaultBranch.split('/'))}`
    const answer = await http.get(path, { accept: [404], ...(signal && { signal }) })
    return answer.status === 404 ? [] : readIf(BranchRow, answer, (row) => toBranch(row, owner.defaultBranch))
  }

  return async (owner, { text, cursor, signal, onPartial }) => {
    const page = pageCursor(cursor)
    if (page === null) throw new Failure('invalid-input')
    const path = `${repositoryPath(owner)}/refs/branches?pagelen=100&page=${page}${filterFor(text)}`
    const [answer, first] = await Promise.all([
      http.get(path, signal ? { signal } : {}),
      page === 1 && text === '' ? readDefault(owner, signal) : [],
    ])
    const { next } = readAs(Page, answer)
    const rows = readRows(BranchRow, answer, (row) => toBranch(row, owner.defaultBranch), 'values')
    const good = goodRows(rows, onPartial)
    const branches = text === '' ? withDefault(page, first, good) : defaultFirst(good)
    return { branches, next: next ? String(page + 1) : null }
  }
}
