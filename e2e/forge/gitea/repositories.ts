import type { Repository } from '../entities'
import { keptList, ordered } from '../lists'
import { json, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, api, apiUrl, LIMITS, listing, notFound, repositoryApi } from './api'
import { accountShape, repositoryShape } from './shapes'

/** The repository with the asker's role in it. */
const seen = (call: ApiCall, repository: Repository) =>
  repositoryShape(call.forge, repository, call.forge.world.role(call.person, repository) ?? 'read')

const listOwn = (call: ApiCall): Reply => {
  const { person, forge } = call
  if (!person) return notFound(call)
  return listing(call, forge.world.repositoriesOf(person), (row) => seen(call, row), `${apiUrl(call)}/user/repos`)
}

const SORTS: Readonly<Record<string, (repository: Repository) => string | number>> = {
  alpha: (repository) => `${repository.owner.login}/${repository.name}`.toLowerCase(),
  created: (repository) => repository.createdAt,
  updated: (repository) => repository.pushedAt,
  id: (repository) => repository.id,
}

const search = (call: ApiCall): Reply => {
  const { forge, query, person } = call
  const text = (query.get('q') ?? '').toLowerCase()
  const uid = query.get('uid')
  const by = SORTS[query.get('sort') ?? 'alpha']
  if (!by)
    return json(422, { message: `Invalid sort mode: "${query.get('sort')}"`, url: `${forge.address}/api/swagger` })
  const key = `gitea search ${text} ${uid} ${query.get('private')} ${query.get('archived')} ${query.get('sort')} ${query.get('order')}`
  const rows = keptList(person ?? forge.world, String(forge.world.version), key, () => {
    const candidates = forge.world.repositories().filter((one) => {
      if (!one.name.toLowerCase().includes(text) || forge.world.role(person, one) === null) return false
      const related =
        uid === null ||
        String(one.owner.id) === uid ||
        (person && String(person.id) === uid && forge.world.repositoriesOf(person).includes(one))
      const flags = [query.get('private') === 'false' && one.private, query.get('archived') === 'false' && one.archived]
      return related && !flags.includes(true)
    })
    return ordered(candidates, by, query.get('order') === 'desc' ? 'desc' : 'asc')
  })
  return listing(
    call,
    rows,
    (row) => seen(call, row),
    `${apiUrl(call)}/repos/search`,
    (data) => ({ ok: true, data }),
  )
}

const branchShape = (tip: { readonly name: string; readonly hash: string }) => ({
  name: tip.name,
  commit: { id: tip.hash },
  protected: false,
  required_approvals: 0,
  enable_status_check: false,
  status_check_contexts: [],
  user_can_push: true,
  user_can_merge: true,
  effective_branch_protection_name: '',
})

const branches = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const tips = repository.empty ? [] : await call.forge.world.git.branches(repository)
  const path = `${repository.owner.login}/${repository.name}`
  return listing(call, tips, branchShape, `${apiUrl(call)}/repos/${path}/branches`)
}

const branch = async (call: ApiCall, repository: Repository): Promise<Reply> => {
  const tips = repository.empty ? [] : await call.forge.world.git.branches(repository)
  const tip = tips.find(({ name }) => name === call.params.branch)
  return tip ? json(200, branchShape(tip)) : notFound(call)
}

const byId = (call: ApiCall): Reply => {
  const repository = call.forge.world.repositoryById(Number(call.params.id))
  return repository && call.forge.world.role(call.person, repository)
    ? json(200, seen(call, repository))
    : notFound(call)
}

const organizations = (call: ApiCall): Reply => {
  const { person, forge } = call
  const own = forge.world.organizations().filter((one) => person && one.members.has(person.id))
  return listing(call, own, (one) => ({ ...accountShape(forge, one), name: one.login }), `${apiUrl(call)}/user/orgs`)
}

const READ = { scopes: ['read:repository'] }
const PUBLIC = { ...READ, anyone: true }

/** The instance, the person and their repositories. */
export const repositoryRoutes: readonly Route[] = [
  api('GET /version', { scopes: [], anyone: true }, (call) => json(200, { version: call.forge.settings.version })),
  api('GET /settings/api', { scopes: [], anyone: true }, () =>
    json(200, {
      max_response_items: LIMITS.max,
      default_paging_num: LIMITS.default,
      default_git_trees_per_page: 1000,
      default_max_blob_size: 10_485_760,
    }),
  ),
  api('GET /user', { scopes: ['read:user'] }, (call) =>
    call.person ? json(200, accountShape(call.forge, call.person)) : notFound(call),
  ),
  api('GET /user/orgs', { scopes: ['read:user', 'read:organization'] }, organizations),
  api('GET /user/repos', { scopes: ['read:user', 'read:repository'] }, listOwn),
  api('GET /repos/search', PUBLIC, search),
  api('GET /repositories/:id', PUBLIC, byId),
  ...repositoryApi('GET ', PUBLIC, 'read', (call, repository) => json(200, seen(call, repository))),
  ...repositoryApi('GET /branches', PUBLIC, 'read', branches),
  ...repositoryApi('GET /branches/*branch', PUBLIC, 'read', branch),
]
