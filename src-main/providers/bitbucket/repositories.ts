import { Failure } from '../../../src-preload/contract/outcome'
import type { Http } from '../http'
import { merge } from '../merge'
import { listAll, listPages, type PagedList, tellingUnread } from '../pages'
import type { ListOptions, ProviderClient, RemoteRepository, RemoteRepositoryRef, RepositoryPage } from '../provider'
import { readAs, readRows } from '../read-as'
import { encodePath, pathNames } from '../repository-path'
import { toRepository } from './map'
import { inBody, size } from './paging'
import { Membership, Page, Repository, uuidPattern } from './schema'

/** Workspaces listed at the same time. */
const together = 8

/** Oldest first, so that what changes today leaves the earlier pages as they are. */
const filters = 'role=member&sort=created_on'

/** A repository by its UUID alone, with an empty workspace; developer.atlassian.com, "Repository object and UUID". */
export const repositoryPath = ({ id }: Pick<RemoteRepositoryRef, 'id'>): string => {
  if (!uuidPattern.test(id)) throw new Failure('not-found')
  return `/repositories/%7B%7D/${encodeURIComponent(id)}`
}

/** Workspaces of the person. Nothing lists repositories across them since CHANGE-2770. */
export const listWorkspaces = async (http: Http, options: ListOptions): Promise<readonly string[]> => {
  const slugs = await listAll(
    http,
    {
      ...inBody,
      first: `/user/workspaces?pagelen=${size}`,
      rows: (answer) => readRows(Membership, answer, ({ workspace }) => workspace.slug, 'values'),
    },
    options,
  )
  return [...new Set(slugs)]
}

const inWorkspace = (slug: string): string => `/repositories/${encodeURIComponent(slug)}?${filters}`

/** All repositories, workspace by workspace, several workspaces at a time. */
export async function* listRepositories(
  http: Http,
  { known, signal, onPartial }: Parameters<ProviderClient['repositories']>[0],
): AsyncGenerator<RepositoryPage, void, undefined> {
  const workspaces = await listWorkspaces(http, { onPartial, ...(signal && { signal }) })
  const lists = workspaces.map((slug) => {
    const first = `${inWorkspace(slug)}&pagelen=${size}`
    const list: PagedList<RemoteRepository> = {
      ...inBody,
      first,
      rows: (answer) => readRows(Repository, answer, (row) => toRepository(row, http.host), 'values'),
      total: workspaces.length === 1 ? inBody.total : () => null,
    }
    const seen = known.filter(({ url }) => url.includes(inWorkspace(slug)))
    return () => listPages(http, list, { known: seen, ...(signal && { signal }) })
  })
  yield* tellingUnread(merge(lists, together), onPartial)
}

/** The sum over all workspaces; null when one does not count. */
export const countRepositories = async (http: Http, signal?: AbortSignal): Promise<number | null> => {
  const workspaces = await listWorkspaces(http, signal ? { signal } : {})
  const counts = await Promise.all(
    workspaces.map(async (slug) => {
      const answer = await http.get(`${inWorkspace(slug)}&pagelen=1`, signal ? { signal } : {})
      return readAs(Page, answer).size ?? null
    }),
  )
  return counts.reduce<number | null>((sum, count) => (sum === null || count === null ? null : sum + count), 0)
}

/** By Bitbucket's own UUID, which survives renames and transfers. */
export const readRepository = async (http: Http, id: string, signal?: AbortSignal): Promise<RemoteRepository> =>
  toRepository(readAs(Repository, await http.get(repositoryPath({ id }), signal ? { signal } : {})), http.host)

/** By `workspace/slug`. */
export const findRepository = async (
  http: Http,
  path: string,
  signal?: AbortSignal,
): Promise<RemoteRepository | null> => {
  const names = pathNames(path)
  if (names?.length !== 2) return null
  try {
    const answer = await http.get(`/repositories/${encodePath(names)}`, signal ? { signal } : {})
    return toRepository(readAs(Repository, answer), http.host)
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return null
    throw error
  }
}
