import { type Account, accountPath, atLeast, type Repository } from '../entities'
import { keptList, ordered } from '../lists'
import { json, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, api, apiUrl, notFound, projectApi, READ } from './api'
import { keysetPage, offsetPage } from './listing'
import { fullProject, groupShape, LEVELS, simpleProject, viewerShape } from './shapes'

const ORDERS: Readonly<Record<string, (project: Repository) => string | number>> = {
  id: (project) => project.id,
  name: (project) => project.name.toLowerCase(),
  path: (project) => project.name.toLowerCase(),
  created_at: (project) => project.createdAt,
  updated_at: (project) => project.pushedAt,
  last_activity_at: (project) => project.pushedAt,
}

const contains = (project: Repository, text: string, namespaces: boolean): boolean =>
  (namespaces ? `${accountPath(project.owner)}/${project.name}` : project.name).toLowerCase().includes(text)

/** Filters by their parameter; those that are not asked for let everything through. */
const filtersOf = (call: ApiCall): readonly ((project: Repository) => boolean)[] => {
  const { query, credential, forge } = call
  const yes = (name: string): boolean => query.get(name) === 'true'
  const level = Number(query.get('min_access_level') ?? 0)
  const text = query.get('search')?.toLowerCase()
  const archived = query.get('archived')
  const visibility = query.get('visibility')
  return [
    (project) => level === 0 || LEVELS[forge.world.role(credential?.person ?? null, project) ?? 'read'] >= level,
    (project) => !text || contains(project, text, yes('search_namespaces')),
    (project) => archived === null || project.archived === (archived === 'true'),
    (project) => visibility === null || (visibility === 'private') === project.private,
    (project) => !yes('owned') || project.owner.id === credential?.person.id,
  ]
}

const shapeFor =
  (call: ApiCall) =>
  (project: Repository): unknown =>
    call.query.get('simple') === 'true' || !call.credential
      ? simpleProject(call.forge, project)
      : fullProject(call.forge, project, call.forge.world.role(call.credential.person, project))

const candidates = (call: ApiCall): readonly Repository[] => {
  const { forge, credential, query } = call
  if (credential && query.get('membership') === 'true') return forge.world.repositoriesOf(credential.person)
  return forge.world.repositories().filter((one) => forge.world.role(credential?.person ?? null, one) !== null)
}

const UNKEYED = new Set(['page', 'per_page', 'id_after', 'id_before', 'pagination'])

const list = (call: ApiCall): Reply => {
  const { forge, query, credential } = call
  const order = query.get('order_by') ?? 'created_at'
  const by = ORDERS[order]
  if (!by) return json(400, { error: 'order_by does not have a valid value' })
  const key = JSON.stringify([...query].filter(([name]) => !UNKEYED.has(name)))
  const rows = keptList(credential?.person ?? forge.world, String(forge.world.version), `gitlab ${key}`, () => {
    const filters = filtersOf(call)
    const found = candidates(call).filter((project) => filters.every((filter) => filter(project)))
    return ordered(found, by, query.get('sort') === 'asc' ? 'asc' : 'desc')
  })
  const address = `${apiUrl(call)}/projects`
  return query.get('pagination') === 'keyset'
    ? keysetPage(call, rows, shapeFor(call), address)
    : offsetPage(call, rows, shapeFor(call), address, { projects: true })
}

const branchShape = (call: ApiCall, project: Repository, tip: { readonly name: string; readonly hash: string }) => ({
  name: tip.name,
  commit: { id: tip.hash, short_id: tip.hash.slice(0, 8) },
  merged: false,
  protected: tip.name === project.defaultBranch,
  developers_can_push: false,
  developers_can_merge: false,
  can_push: true,
  default: tip.name === project.defaultBranch,
  web_url: `${call.forge.address}/${accountPath(project.owner)}/${project.name}/-/tree/${tip.name}`,
})

const expression = (text: string): RegExp | null => {
  try {
    return new RegExp(text)
  } catch {
    return null
  }
}

/** `search` takes `^begin` and `end$` as well as a part of the name. */
const searched = (name: string, search: string): boolean => {
  if (search.startsWith('^')) return name.startsWith(search.slice(1))
  return search.endsWith('$') ? name.endsWith(search.slice(0, -1)) : name.includes(search)
}

const branches = async (call: ApiCall, project: Repository): Promise<Reply> => {
  const tips = project.empty ? [] : await call.forge.world.git.branches(project)
  const search = call.query.get('search')
  const regex = call.query.get('regex')
  const wanted = regex === null ? null : expression(regex)
  if (regex !== null && !wanted) return json(400, { error: 'regex is an invalid regex' })
  const rows = tips.filter(({ name }) => (!search || searched(name, search)) && (!wanted || wanted.test(name)))
  const address = `${apiUrl(call)}/projects/${project.id}/repository/branches`
  return offsetPage(call, rows, (tip) => branchShape(call, project, tip), address, { uncountedFirst: true })
}

const branch = async (call: ApiCall, project: Repository): Promise<Reply> => {
  const tips = project.empty ? [] : await call.forge.world.git.branches(project)
  const tip = tips.find(({ name }) => name === call.params.branch)
  return tip ? json(200, branchShape(call, project, tip)) : notFound('Branch')
}

const below = (account: Account, group: Account): boolean =>
  account.id === group.id ||
  (account.kind === 'organization' && account.parent !== null && below(account.parent, group))

const groupOf = (call: ApiCall): Account | null => {
  const asked = call.params.group ?? ''
  const all = call.forge.world.organizations()
  return all.find((one) => String(one.id) === asked || accountPath(one) === asked) ?? null
}

const groupProjects = (call: ApiCall): Reply => {
  const group = groupOf(call)
  if (!group) return notFound('Group')
  const deep = call.query.get('include_subgroups') === 'true'
  const rows = candidates(call).filter(({ owner }) => (deep ? below(owner, group) : owner.id === group.id))
  return offsetPage(call, rows, shapeFor(call), `${apiUrl(call)}/groups/${group.id}/projects`, {
    projects: true,
  })
}

const groups = (call: ApiCall): Reply => {
  const person = call.credential?.person
  const own = call.forge.world.organizations().filter((one) => {
    for (let at: typeof one | null = one; at; at = at.parent) {
      if (person && atLeast(at.members.get(person.id) ?? null, 'read')) return true
    }
    return false
  })
  return offsetPage(call, own, (one) => groupShape(call.forge, one), `${apiUrl(call)}/groups`)
}

const subgroups = (call: ApiCall): Reply => {
  const group = groupOf(call)
  if (!group) return notFound('Group')
  const rows = call.forge.world.organizations().filter((one) => one.parent?.id === group.id)
  return offsetPage(call, rows, (one) => groupShape(call.forge, one), `${apiUrl(call)}/groups/${group.id}/subgroups`)
}

/** The person, their projects and groups. */
export const projectRoutes: readonly Route[] = [
  api('GET /version', { scopes: ['read_api', 'read_user'] }, (call) =>
    json(200, { version: call.forge.settings.version, revision: 'f0f0f0f0f0f' }),
  ),
  api('GET /user', { scopes: ['read_api', 'read_user'] }, (call) =>
    call.credential ? json(200, viewerShape(call.forge, call.credential.person)) : notFound('User'),
  ),
  api('GET /projects', { ...READ, anyone: true }, list),
  projectApi('GET ', { ...READ, anyone: true }, 'read', (call, project) => json(200, shapeFor(call)(project))),
  projectApi('GET /repository/branches', { ...READ, anyone: true }, 'read', branches),
  projectApi('GET /repository/branches/:branch', { ...READ, anyone: true }, 'read', branch),
  api('GET /groups', READ, groups),
  api('GET /groups/:group/projects', READ, groupProjects),
  api('GET /groups/:group/subgroups', READ, subgroups),
]
