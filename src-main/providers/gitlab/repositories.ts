import { Failure } from '../../../src-preload/contract/outcome'
import type { Answer, Http } from '../http'
import { isSameList, nextPage } from '../links'
import { listPages, type PagedList, tellingUnread } from '../pages'
import type { ProviderClient, RemoteRepository, RepositoryPage } from '../provider'
import { readAs, readRows } from '../read-as'
import { pathNames } from '../repository-path'
import { toRepository } from './map'
import { Project, ProjectId } from './schema'

const size = 100

/** Reporters (20) and above may clone. The smaller answers of `simple` do not tell archived ones and forks. */
const mine = 'membership=true&min_access_level=20&order_by=id&sort=asc'
const first = `/projects?${mine}&per_page=${size}`

const whole = (header: string | undefined): number | null => (/^\d+$/.test(header ?? '') ? Number(header) : null)

/**
 * By page numbers as long as GitLab counts the pages. Above 10,000 projects it does not, and above 50,000 it refuses
 * page numbers; from then on by position, which needs the order by id; docs.gitlab.com, "Keyset-based pagination".
 */
const nextOf = (answer: Answer): string | null => {
  const link = nextPage(answer)
  if (link === null || whole(answer.headers['x-total-pages']) !== null || answer.status !== 200) return link
  const last = readRows(ProjectId, answer, ({ id }) => id).rows.at(-1)
  // The last page by position is an empty one. Any other link is checked like all before its place is taken.
  if (last === undefined) return Array.isArray(answer.body) && answer.body.length > 0 ? link : null
  const url = new URL(isSameList(link, answer) ? answer.url : link)
  url.search = `?${mine}&per_page=${size}&pagination=keyset&id_after=${last}`
  return url.href
}

const list: PagedList<RemoteRepository> = {
  first,
  size,
  rows: (answer) => readRows(Project, answer, toRepository),
  next: nextOf,
  last: (answer) => whole(answer.headers['x-total-pages']),
  total: (answer) => whole(answer.headers['x-total']),
}

/** All projects that the token's person is a member of, also by a group above; nested groups are part of the path. */
export const listRepositories = (
  http: Http,
  { known, signal, onPartial }: Parameters<ProviderClient['repositories']>[0],
): AsyncIterable<RepositoryPage> =>
  tellingUnread(listPages(http, list, { known, ...(signal && { signal }) }), onPartial)

/** GitLab does not count more than 10,000. */
export const countRepositories = async (http: Http, signal?: AbortSignal): Promise<number | null> => {
  const answer = await http.get(`/projects?${mine}&per_page=1`, signal ? { signal } : {})
  return whole(answer.headers['x-total'])
}

const read = async (http: Http, name: string, signal?: AbortSignal): Promise<RemoteRepository> =>
  toRepository(readAs(Project, await http.get(`/projects/${name}`, signal ? { signal } : {})))

/** By GitLab's own id, which survives renames and transfers. */
export const readRepository = async (http: Http, id: string, signal?: AbortSignal): Promise<RemoteRepository> => {
  if (!/^\d{1,40}$/.test(id)) throw new Failure('not-found')
  return read(http, id, signal)
}

/** By full path, along the redirect that a rename leaves behind. */
export const findRepository = async (
  http: Http,
  path: string,
  signal?: AbortSignal,
): Promise<RemoteRepository | null> => {
  const names = pathNames(path)
  if (names === null) return null
  try {
    return await read(http, encodeURIComponent(names.join('/')), signal)
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return null
    throw error
  }
}
