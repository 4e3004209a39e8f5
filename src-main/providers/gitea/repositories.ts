import { Failure } from '../../../src-preload/contract/outcome'
import type { Answer, Http } from '../http'
import { linkTo, nextPage, pageOf } from '../links'
import { listPages, type PagedList, tellingUnread } from '../pages'
import type { ProviderClient, RemoteRepository, RemoteRepositoryRef, RepositoryPage } from '../provider'
import { readAs, readRows } from '../read-as'
import { encodePath, pathNames } from '../repository-path'
import { toRepository } from './map'
import { Repository } from './schema'

/** Instances give no more than this in one page unless configured otherwise. */
export const size = 50

const total = ({ headers }: Answer): number | null =>
  /^\d+$/.test(headers['x-total-count'] ?? '') ? Number(headers['x-total-count']) : null

/** Pages by the `Link` header. */
export const linked = {
  size,
  next: nextPage,
  last: (answer: Answer) => pageOf(linkTo(answer, 'last') ?? ''),
  total,
}

const list: PagedList<RemoteRepository> = {
  ...linked,
  first: `/user/repos?limit=${size}`,
  rows: (answer) => readRows(Repository, answer, toRepository),
}

/** All repositories that the person owns, works on, or reaches by a team. */
export const listRepositories = (
  http: Http,
  { known, signal, onPartial }: Parameters<ProviderClient['repositories']>[0],
): AsyncIterable<RepositoryPage> =>
  tellingUnread(listPages(http, list, { known, ...(signal && { signal }) }), onPartial)

export const countRepositories = async (http: Http, signal?: AbortSignal): Promise<number | null> =>
  total(await http.get('/user/repos?limit=1', signal ? { signal } : {}))

/** By the instance's own id, which survives renames and transfers. */
export const readRepository = async (http: Http, id: string, signal?: AbortSignal): Promise<RemoteRepository> => {
  if (!/^\d{1,40}$/.test(id)) throw new Failure('not-found')
  return toRepository(readAs(Repository, await http.get(`/repositories/${id}`, signal ? { signal } : {})))
}

/**
 * Where the resources of a repository are now. They are addressed by path alone, and by tomorrow an old path may be a
 * stranger's repository, so it is asked for by id each time.
 */
export const currentPath = async (http: Http, { id }: Pick<RemoteRepositoryRef, 'id'>, signal?: AbortSignal) => {
  const { path } = await readRepository(http, id, signal)
  return `/repos/${encodePath(path.split('/'))}`
}

/** By `owner/name`, along the redirect that a rename leaves behind. */
export const findRepository = async (
  http: Http,
  path: string,
  signal?: AbortSignal,
): Promise<RemoteRepository | null> => {
  const names = pathNames(path)
  if (names?.length !== 2) return null
  try {
    const answer = await http.get(`/repos/${encodePath(names)}`, signal ? { signal } : {})
    return toRepository(readAs(Repository, answer))
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return null
    throw error
  }
}
