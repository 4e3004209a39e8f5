import type { Credential } from '../credentials'
import type { Repository, Role } from '../entities'
import { keptList, ordered } from '../lists'
import { cutPage, linkHeader, withParameters } from '../paging'
import { json, jsonText, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, api, apiUrl, repositoryApi } from './api'
import { invalid, notFound, refusal, unprocessable } from './errors'
import { organizationsWithoutSso, sight, sightStamp } from './reach'
import { covers } from './scopes'
import { repositoryJson, repositoryShape, viewerShape } from './shapes'

const LIMITS = { default: 30, max: 100 }

/** Pages as they were written, for as long as their list is kept: a page of a hundred takes milliseconds to write. */
const written = new WeakMap<object, Map<string, string>>()
const writtenOnce = (list: object, page: string, write: () => string): string => {
  const pages = written.get(list) ?? new Map<string, string>()
  written.set(list, pages)
  const text = pages.get(page) ?? write()
  pages.set(page, text)
  return text
}

/** A page of rows with its `Link` header; `write` makes the JSON of one. */
export function writtenListing<T>(
  call: ApiCall,
  rows: readonly T[],
  write: (row: T) => string,
  address: string,
  headers: Record<string, string> = {},
): Reply {
  const page = cutPage(rows, { page: call.query.get('page'), size: call.query.get('per_page') }, LIMITS)
  const link = linkHeader(page, (number) => withParameters(address, call.query, { page: String(number) }))
  const text = writtenOnce(
    rows,
    `${call.query.get('page')} ${call.query.get('per_page')}`,
    () => `[${page.rows.map(write).join(',')}]`,
  )
  return jsonText(200, text, { ...headers, ...(link ? { link } : {}) })
}

/** The same for rows that are few or small. */
export const listing = <T>(call: ApiCall, rows: readonly T[], shape: (row: T) => unknown, address: string): Reply =>
  writtenListing(call, rows, (row) => JSON.stringify(shape(row)), address)

const roleOf = (call: ApiCall, repository: Repository): Role => {
  const seen = sight(call.forge, call.credential, repository)
  return seen.kind === 'seen' ? seen.role : 'read'
}

/** The repository with the asker's role in it. */
export const seenShape = (call: ApiCall, repository: Repository) =>
  repositoryShape(call.forge, repository, roleOf(call, repository))

/** The JSON of the same. */
export const seenJson = (call: ApiCall, repository: Repository): string =>
  repositoryJson(call.forge, repository, roleOf(call, repository))

const SORTS: Readonly<Record<string, (repository: Repository) => string | number>> = {
  created: (repository) => repository.createdAt,
  updated: (repository) => repository.pushedAt,
  pushed: (repository) => repository.pushedAt,
  full_name: (repository) => `${repository.owner.login}/${repository.name}`.toLowerCase(),
}

const affiliation = (credential: Credential, repository: Repository): string => {
  if (repository.owner.id === credential.person.id) return 'owner'
  return repository.collaborators.has(credential.person.id) ? 'collaborator' : 'organization_member'
}

const AFFILIATIONS = ['owner', 'collaborator', 'organization_member']
const TYPES: Readonly<Record<string, (credential: Credential, repository: Repository) => boolean>> = {
  all: () => true,
  owner: (credential, repository) => affiliation(credential, repository) === 'owner',
  public: (_, repository) => !repository.private,
  private: (_, repository) => repository.private,
  member: (credential, repository) => affiliation(credential, repository) !== 'owner',
}

interface Filters {
  readonly visibility: string
  readonly affiliations: readonly string[]
  readonly type: string
  readonly sort: string
  readonly direction: 'asc' | 'desc'
}

const filtersOf = (query: URLSearchParams): Filters | Reply => {
  const type = query.get('type')
  if (type !== null && (query.has('visibility') || query.has('affiliation'))) {
    return unprocessable('If you specify visibility or affiliation, you cannot specify type.')
  }
  const filters: Filters = {
    type: type ?? 'all',
    visibility: query.get('visibility') ?? 'all',
    affiliations: (query.get('affiliation') ?? AFFILIATIONS.join(',')).split(','),
    sort: query.get('sort') ?? 'full_name',
    direction:
      (query.get('direction') ?? (query.get('sort') && query.get('sort') !== 'full_name' ? 'desc' : 'asc')) === 'asc'
        ? 'asc'
        : 'desc',
  }
  const wrong = [
    !(filters.type in TYPES) && 'type',
    !['all', 'public', 'private'].includes(filters.visibility) && 'visibility',
    !(filters.sort in SORTS) && 'sort',
    filters.affiliations.some((name) => !AFFILIATIONS.includes(name)) && 'affiliation',
  ].find((field) => field !== false)
  return wrong ? invalid({ resource: 'Repository', code: 'invalid', field: wrong }) : filters
}

const listOwn = (call: ApiCall): Reply => {
  const { forge, credential } = call
  if (!credential) return notFound()
  const filters = filtersOf(call.query)
  if ('status' in filters) return filters
  const rows = keptList(credential, sightStamp(forge, credential), JSON.stringify(filters), () => {
    const chosen = forge.world
      .repositoriesOf(credential.person)
      .filter(
        (repository) =>
          sight(forge, credential, repository).kind === 'seen' &&
          TYPES[filters.type]?.(credential, repository) &&
          (filters.visibility === 'all' || (filters.visibility === 'private') === repository.private) &&
          filters.affiliations.includes(affiliation(credential, repository)),
      )
    return ordered(chosen, SORTS[filters.sort] ?? ((repository) => repository.id), filters.direction)
  })
  const missing = organizationsWithoutSso(forge, credential)
  const sso = missing.map((organization) => organization.id).join(',')
  return writtenListing(call, rows, (row) => seenJson(call, row), `${apiUrl(call)}/user/repos`, {
    ...(sso ? { 'x-github-sso': `partial-results; organizations=${sso}` } : {}),
  })
}

const viewer = (call: ApiCall): Reply => {
  const { credential } = call
  if (!credential) return notFound()
  return json(200, viewerShape(call.forge, credential.person, covers(credential.scopes, 'user:email')))
}

const organizations = (call: ApiCall): Reply => {
  const { forge, credential } = call
  const own = forge.world.organizations().filter((one) => credential && one.members.has(credential.person.id))
  return listing(
    call,
    own,
    (one) => ({ login: one.login, id: one.id, url: `${apiUrl(call)}/orgs/${one.login}`, description: null }),
    `${apiUrl(call)}/user/orgs`,
  )
}

/** Repositories of one organisation; one that blocks the asking OAuth app says so instead. */
const organizationRepositories = (call: ApiCall): Reply => {
  const { forge, credential, params } = call
  const owner = forge.world.findAccount(params.org ?? '')
  if (owner?.kind !== 'organization') return notFound()
  if (owner.blocksOAuthApps && credential?.app?.kind === 'oauth-app') {
    return refusal(
      403,
      `Although you appear to have the correct authorization credentials, the \`${owner.login}\` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited.`,
    )
  }
  const type = TYPES[call.query.get('type') ?? 'all']
  const rows = forge.world
    .repositories()
    .filter(
      (repository) =>
        repository.owner.id === owner.id &&
        sight(forge, credential, repository).kind === 'seen' &&
        (credential === null || type?.(credential, repository)),
    )
  return writtenListing(call, rows, (row) => seenJson(call, row), `${apiUrl(call)}/orgs/${owner.login}/repos`)
}

const commitUrl = (call: ApiCall, repository: Repository, sha: string): string =>
  `${apiUrl(call)}/repos/${repository.owner.login}/${repository.name}/commits/${sha}`

const branches = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const tips = repository.empty ? [] : await call.forge.world.git.branches(repository)
  const asked = call.query.get('protected') === 'true' ? [] : tips
  return listing(
    call,
    asked,
    (tip) => ({
      name: tip.name,
      commit: { sha: tip.hash, url: commitUrl(call, repository, tip.hash) },
      protected: false,
    }),
    `${apiUrl(call)}/repositories/${repository.id}/branches`,
  )
}

const branch = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const tips = repository.empty ? [] : await call.forge.world.git.branches(repository)
  const tip = tips.find(({ name }) => name === call.params.branch)
  if (!tip) return notFound()
  const commit = { sha: tip.hash, url: commitUrl(call, repository, tip.hash) }
  return json(200, { name: tip.name, commit, protected: false })
}

/** The person, their repositories and what hangs on one of them. */
export const repositoryRoutes: readonly Route[] = [
  api('GET /user', { scopes: [] }, viewer),
  api('GET /user/orgs', { scopes: ['user', 'read:org'] }, organizations),
  api('GET /orgs/:org/repos', { auth: 'anyone', permission: ['metadata', 'read'] }, organizationRepositories),
  api('GET /user/repos', { permission: ['metadata', 'read'] }, listOwn),
  ...repositoryApi('GET ', { auth: 'anyone', permission: ['metadata', 'read'] }, (call, repository) =>
    json(200, seenShape(call, repository)),
  ),
  ...repositoryApi('GET /branches', { auth: 'anyone', permission: ['contents', 'read'] }, branches),
  ...repositoryApi('GET /branches/*branch', { auth: 'anyone', permission: ['contents', 'read'] }, branch),
]
