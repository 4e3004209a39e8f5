import { type Account, atLeast, type Repository, type Role } from '../entities'
import { keptList, ordered } from '../lists'
import { json, type Reply } from '../reply'
import type { Route } from '../router'
import { route } from '../router'
import { type ApiCall, api, apiUrl, failure, notFound, paged, repositoryApi } from './api'
import { NEEDS } from './scopes'
import { personShape, repositoryShape, workspaceBase, workspaceShape } from './shapes'

/** Workspaces of a person: their own and those they are a member of. */
const workspacesOf = (call: ApiCall): readonly Account[] => {
  const { person } = call.credential
  return [person, ...call.forge.world.organizations().filter((one) => one.members.has(person.id))]
}

const administers = (call: ApiCall, account: Account): boolean =>
  account.kind === 'person' || atLeast(account.members.get(call.credential.person.id) ?? null, 'admin')

const workspaces = (call: ApiCall): Reply => {
  const wanted = call.query.get('administrator')
  const rows = workspacesOf(call).filter((one) => wanted === null || administers(call, one) === (wanted === 'true'))
  const shape = (one: Account) => ({
    type: 'workspace_access',
    administrator: administers(call, one),
    workspace: workspaceBase(call.forge, one),
  })
  return paged(call, rows, shape, `${apiUrl(call)}/user/workspaces`)
}

const workspace = (call: ApiCall): Reply => {
  const account = call.forge.world.findAccount(call.params.workspace ?? '')
  return account
    ? json(200, workspaceShape(call.forge, account))
    : failure(404, `No workspace with identifier '${call.params.workspace}'.`)
}

/** The filter `q`: conditions on names and flags, joined by AND. */
const CONDITION = /^\s*(name|full_name|is_private|language)\s*(~|=)\s*(?:"([^"]*)"|(true|false))\s*$/

const FIELDS: Readonly<Record<string, (repository: Repository) => string>> = {
  name: (repository) => repository.name,
  full_name: (repository) => `${repository.owner.login}/${repository.name}`,
  is_private: (repository) => String(repository.private),
  language: (repository) => repository.language ?? '',
}

/** Reads a filter; null when it is none. */
const filterOf = (q: string | null): ((repository: Repository) => boolean) | null => {
  if (!q) return () => true
  const tests = q.split(/ and /i).map((part) => {
    const [, name = '', operator, quoted, bare] = CONDITION.exec(part) ?? []
    const field = FIELDS[name]
    const value = (quoted ?? bare ?? '').toLowerCase()
    if (!field) return null
    return (one: Repository): boolean =>
      operator === '~' ? field(one).toLowerCase().includes(value) : field(one).toLowerCase() === value
  })
  return tests.includes(null) ? null : (one) => tests.every((test) => test?.(one))
}

const SORTS: Readonly<Record<string, (repository: Repository) => string | number>> = {
  updated_on: (repository) => repository.pushedAt,
  created_on: (repository) => repository.createdAt,
  name: (repository) => repository.name.toLowerCase(),
  full_name: (repository) => `${repository.owner.login}/${repository.name}`.toLowerCase(),
}

const ROLES: Readonly<Record<string, Role>> = { member: 'read', contributor: 'write', admin: 'admin', owner: 'admin' }

const list = (call: ApiCall): Reply => {
  const { forge, query, credential } = call
  const account = forge.world.findAccount(call.params.workspace ?? '')
  if (!account) return failure(404, `No workspace with identifier '${call.params.workspace}'.`)
  const filter = filterOf(query.get('q'))
  if (!filter) return failure(400, `Invalid filter query: ${query.get('q')}`)
  const sort = query.get('sort') ?? 'created_on'
  const by = SORTS[sort.replace(/^-/, '')]
  if (!by) return failure(400, `Invalid sort field: ${sort}`)
  const asked = query.get('role')
  const role = asked === null ? null : ROLES[asked]
  if (role === undefined) return failure(400, `Invalid role: ${asked}`)
  const key = `bitbucket ${account.id} ${sort} ${asked} ${query.get('q')}`
  const rows = keptList(credential.person, String(forge.world.version), key, () => {
    const candidates = role ? forge.world.repositoriesOf(credential.person) : forge.world.repositories()
    const found = candidates.filter((one) => {
      const held = forge.world.role(credential.person, one)
      return one.owner.id === account.id && held !== null && (!role || atLeast(held, role)) && filter(one)
    })
    return ordered(found, by, sort.startsWith('-') ? 'desc' : 'asc')
  })
  const address = `${apiUrl(call)}/repositories/${account.login}`
  return paged(call, rows, (one) => repositoryShape(forge, one, credential.person), address)
}

const branchShape = (call: ApiCall, repository: Repository, tip: { readonly name: string; readonly hash: string }) => ({
  type: 'branch',
  name: tip.name,
  target: { type: 'commit', hash: tip.hash },
  links: {
    self: {
      href: `${apiUrl(call)}/repositories/${repository.owner.login}/${repository.name}/refs/branches/${tip.name}`,
    },
    html: { href: `${call.forge.address}/${repository.owner.login}/${repository.name}/branch/${tip.name}` },
  },
  default_merge_strategy: 'merge_commit',
})

const branches = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const q = call.query.get('q')
  const condition = q === null ? null : /^\s*name\s*(~|=)\s*"([^"]*)"\s*$/.exec(q)
  if (q !== null && !condition) return failure(400, `Invalid filter query: ${q}`)
  const [, operator, text = ''] = condition ?? []
  const tips = repository.empty ? [] : await call.forge.world.git.branches(repository)
  const rows = tips.filter(
    ({ name }) => !condition || (operator === '~' ? name.toLowerCase().includes(text.toLowerCase()) : name === text),
  )
  const address = `${apiUrl(call)}/repositories/${repository.owner.login}/${repository.name}/refs/branches`
  return paged(call, rows, (tip) => branchShape(call, repository, tip), address)
}

const branch = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const tips = repository.empty ? [] : await call.forge.world.git.branches(repository)
  const tip = tips.find(({ name }) => name === call.params.branch)
  return tip ? json(200, branchShape(call, repository, tip)) : notFound()
}

/** What listed across workspaces is gone for good since 14 April 2026 (CHANGE-2770). */
const REMOVED = ['/repositories', '/workspaces', '/user/permissions/repositories', '/user/permissions/workspaces']

/** The person, their workspaces and what lies in them. */
export const repositoryRoutes: readonly Route[] = [
  ...REMOVED.map((path) => route(`GET ${path}`, () => failure(410, 'CHANGE-2770 - Functionality has been deprecated'))),
  api('GET /user', NEEDS.user, (call) => json(200, personShape(call.forge, call.credential.person))),
  api('GET /user/emails', NEEDS.user, (call) =>
    json(200, {
      values: [{ type: 'email', email: call.credential.person.email, is_primary: true, is_confirmed: true }],
      pagelen: 10,
      size: 1,
      page: 1,
    }),
  ),
  api('GET /user/workspaces', NEEDS.workspaces, workspaces),
  api('GET /workspaces/:workspace', NEEDS.workspaces, workspace),
  api('GET /repositories/:workspace', NEEDS.read, list),
  repositoryApi('GET ', NEEDS.read, 'read', (call, repository) =>
    json(200, repositoryShape(call.forge, repository, call.credential.person)),
  ),
  repositoryApi('GET /refs/branches', NEEDS.read, 'read', branches),
  repositoryApi('GET /refs/branches/*branch', NEEDS.read, 'read', branch),
]
