import type { Branch } from '../../../src-preload/contract/entities/repository'
import { Failure } from '../../../src-preload/contract/outcome'
import { type BranchOwner, defaultFirst, pageCursor } from '../branch-search'
import type { Http } from '../http'
import type { ProviderClient } from '../provider'
import { readAs } from '../read-as'
import { encodePath } from '../repository-path'
import { toBranch } from './map'
import { repositoryPath } from './repositories'
import { Branches, BranchRow } from './schema'

/** `name~"text"`, the text without what would end it; developer.atlassian.com, "Filter and sort API objects". */
const filterFor = (text: string): string =>
  text === '' ? '' : `&q=${encodeURIComponent(`name~"${text.replace(/["\\]/g, '')}"`)}`

/** Branches, hundred a page, searched by Bitbucket. */
export const createBranches = (http: Http): ProviderClient['branches'] => {
  const readDefault = async (owner: BranchOwner, signal?: AbortSignal): Promise<readonly Branch[]> => {
    if (owner.defaultBranch === null) return []
    const path = `${repositoryPath(owner)}/refs/branches/${encodePath(owner.defaultBranch.split('/'))}`
    const answer = await http.get(path, { accept: [404], ...(signal && { signal }) })
    return answer.status === 404 ? [] : [toBranch(readAs(BranchRow, answer), owner.defaultBranch)]
  }

  return async (owner, { text, cursor, signal }) => {
    const page = pageCursor(cursor)
    if (page === null) throw new Failure('invalid-input')
    const path = `${repositoryPath(owner)}/refs/branches?pagelen=100&page=${page}${filterFor(text)}`
    const [answer, first] = await Promise.all([
      http.get(path, signal ? { signal } : {}),
      // Anywhere in the list; asked for by name so that it can come first.
      page === 1 && text === '' ? readDefault(owner, signal) : [],
    ])
    const { values, next } = readAs(Branches, answer)
    const rows = values.map((row) => toBranch(row, owner.defaultBranch))
    const branches = text === '' ? [...first, ...rows.filter((branch) => !branch.default)] : defaultFirst(rows)
    return { branches, next: next === undefined ? null : String(page + 1) }
  }
}
