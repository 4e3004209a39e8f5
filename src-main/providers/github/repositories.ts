import { Failure } from '../../../src-preload/contract/outcome'
import type { Answer, Http } from '../http'
import { linkTo, pageOf } from '../links'
import { merge } from '../merge'
import { listPages, type PagedList, tellingUnread } from '../pages'
import type { KnownPage, ListOptions, ProviderClient, RemoteRepository, RepositoryPage } from '../provider'
import { readAs, readRows } from '../read-as'
import { encodePath, pathNames } from '../repository-path'
import { pages } from './hosts'
import { toRepository } from './map'
import { Counted, RepositoryRow } from './schema'
import { grantedScopes } from './scopes'
import { hiddenBySingleSignOn, installationsOf, organizationNames } from './viewer'

const size = 100
/** Installations listed at the same time. */
const together = 8

/** Oldest first: what is pushed or made today then changes no page but one, and the others stay unchanged. */
const ownFirst = `/user/repos?affiliation=owner,collaborator,organization_member&sort=created&direction=asc&per_page=${size}`

const linked = {
  size,
  next: (answer: Answer) => linkTo(answer, 'next'),
  last: (answer: Answer) => pageOf(linkTo(answer, 'last') ?? ''),
}

const installationFirst = (id: string): string => `/user/installations/${id}/repositories?per_page=${size}`

/** GitHub Apps see what they were given, by installation; docs.github.com, "GitHub App installations". */
async function* listInstalled(http: Http, known: readonly KnownPage[], options: ListOptions) {
  const { signal } = options
  const installations = ((await installationsOf(http, options)) ?? []).filter(({ suspended_at }) => !suspended_at)
  const lists = installations.map(({ id }) => {
    const list: PagedList<RemoteRepository> = {
      ...linked,
      first: installationFirst(id),
      rows: (answer) => readRows(RepositoryRow, answer, toRepository, 'repositories'),
      total: (answer) => (installations.length === 1 ? readAs(Counted, answer).total_count : null),
    }
    const seen = known.filter(({ url }) => url.includes(`/user/installations/${id}/`))
    return () => listPages(http, list, { known: seen, ...(signal && { signal }) })
  })
  yield* merge(lists, together)
}

/** All repositories that the token reaches, as `ProviderClient.repositories` promises. */
export async function* listRepositories(
  http: Http,
  { known, signal, onPartial }: Parameters<ProviderClient['repositories']>[0],
): AsyncGenerator<RepositoryPage, void, undefined> {
  const options = { known, ...(signal && { signal }) }
  const hidden = new Set<string>()
  let permissionsOnly = known[0]?.url.includes('/user/installations/') ?? false

  const own: PagedList<RemoteRepository> = {
    ...linked,
    first: ownFirst,
    rows: (answer) => {
      permissionsOnly = grantedScopes(answer) === null
      return readRows(RepositoryRow, answer, toRepository)
    },
    next: (answer) => {
      for (const id of hiddenBySingleSignOn(answer)) hidden.add(id)
      return linked.next(answer)
    },
    total: (answer) => (linked.next(answer) === null && pageOf(answer.url) === null ? ownRows(answer) : null),
  }

  // A token without scopes that a sign-in brought is a GitHub App's. The first page tells, so no request is lost on
  // finding out for all others.
  if (!permissionsOnly) {
    for await (const page of tellingUnread(listPages(http, own, options), onPartial)) {
      if (permissionsOnly && http.kind === 'oauth') break
      yield page
    }
  }
  if (permissionsOnly && http.kind === 'oauth') {
    return yield* tellingUnread(listInstalled(http, known, { onPartial, ...(signal && { signal }) }), onPartial)
  }

  const [first] = hidden
  if (first === undefined) return
  const owners = await organizationNames(http, [...hidden], signal)
  onPartial(
    new Failure('sso-required', { owner: owners.join(', '), url: pages(http.host).singleSignOn(owners[0] ?? first) }),
  )
}

const ownRows = (answer: Answer): number => (Array.isArray(answer.body) ? answer.body.length : 0)

/** How many repositories the token reaches: the number of the last page when every page has one row. */
export const countRepositories = async (http: Http, signal?: AbortSignal): Promise<number | null> => {
  const options = signal ? { signal } : {}
  const answer = await http.get('/user/repos?affiliation=owner,collaborator,organization_member&per_page=1', options)
  const last = linked.last(answer)
  if (grantedScopes(answer) !== null || http.kind === 'token') return last ?? ownRows(answer)
  const installations = (await installationsOf(http, options)) ?? []
  const counts = installations
    .filter(({ suspended_at }) => !suspended_at)
    .map(async ({ id }) => {
      const page = await http.get(`/user/installations/${id}/repositories?per_page=1`, options)
      return readAs(Counted, page).total_count
    })
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}

/** By GitHub's own id, which survives renames and transfers. */
export const readRepository = async (http: Http, id: string, signal?: AbortSignal): Promise<RemoteRepository> => {
  if (!/^\d{1,40}$/.test(id)) throw new Failure('not-found')
  return toRepository(readAs(RepositoryRow, await http.get(`/repositories/${id}`, signal ? { signal } : {})))
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
    return toRepository(readAs(RepositoryRow, answer))
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return null
    throw error
  }
}
