import { accountUrl, cloneUrl, repositoryUrl, sshUrl } from '../addresses'
import { isoTime } from '../clock'
import { type Account, accountPath, type Person, type Repository, type Role, repositoryPath } from '../entities'
import type { ForgeState } from '../forge-state'

/** Access levels: Reporter, Developer, Maintainer, Owner. */
export const LEVELS: Readonly<Record<Role, number>> = { read: 20, write: 30, maintain: 40, admin: 50 }

const milliseconds = (time: number): string => new Date(time).toISOString()

export const personShape = (forge: ForgeState, person: Person) => ({
  id: person.id,
  username: person.login,
  public_email: null,
  name: person.name,
  state: 'active',
  locked: false,
  avatar_url: `${forge.address}/uploads/-/system/user/avatar/${person.id}/avatar.png`,
  web_url: accountUrl(forge, person),
})

/** `GET /user`. */
export const viewerShape = (forge: ForgeState, person: Person) => ({
  ...personShape(forge, person),
  created_at: '2020-01-01T00:00:00.000Z',
  bio: '',
  bot: false,
  two_factor_enabled: true,
  external: false,
  private_profile: false,
  email: person.email,
  commit_email: person.email,
  can_create_group: true,
  can_create_project: true,
})

const namespaceShape = (forge: ForgeState, account: Account) => ({
  id: account.id,
  name: account.name,
  path: account.login,
  kind: account.kind === 'person' ? 'user' : 'group',
  full_path: accountPath(account),
  parent_id: account.kind === 'organization' ? (account.parent?.id ?? null) : null,
  avatar_url: null,
  web_url: account.kind === 'person' ? accountUrl(forge, account) : `${forge.address}/groups/${accountPath(account)}`,
})

/** A project with `simple=true`: nothing about who may see it or what the asker may do. */
export const simpleProject = (forge: ForgeState, project: Repository) => ({
  id: project.id,
  description: project.description || null,
  name: project.name,
  name_with_namespace: `${accountPath(project.owner).split('/').join(' / ')} / ${project.name}`,
  path: project.name,
  path_with_namespace: repositoryPath(project),
  created_at: milliseconds(project.createdAt),
  default_branch: project.empty ? null : project.defaultBranch,
  tag_list: [],
  topics: [],
  ssh_url_to_repo: sshUrl(forge, project),
  http_url_to_repo: cloneUrl(forge, project),
  web_url: repositoryUrl(forge, project),
  readme_url: `${repositoryUrl(forge, project)}/-/blob/${project.defaultBranch}/README.md`,
  forks_count: 0,
  avatar_url: null,
  star_count: 0,
  last_activity_at: milliseconds(project.pushedAt),
  namespace: namespaceShape(forge, project.owner),
})

/** A project as its members see it; `role` null is somebody who only sees what is public. */
export const fullProject = (forge: ForgeState, project: Repository, role: Role | null) => {
  const access = role && { access_level: LEVELS[role], notification_level: 3 }
  const api = `${forge.address}/api/v4/projects/${project.id}`
  return {
    ...simpleProject(forge, project),
    _links: {
      self: api,
      issues: `${api}/issues`,
      merge_requests: `${api}/merge_requests`,
      repo_branches: `${api}/repository/branches`,
      labels: `${api}/labels`,
      events: `${api}/events`,
      members: `${api}/members`,
    },
    packages_enabled: true,
    empty_repo: project.empty,
    archived: project.archived,
    visibility: project.private ? 'private' : 'public',
    owner: project.owner.kind === 'person' ? personShape(forge, project.owner) : undefined,
    resolve_outdated_diff_discussions: false,
    issues_enabled: true,
    merge_requests_enabled: true,
    wiki_enabled: true,
    jobs_enabled: true,
    snippets_enabled: true,
    container_registry_enabled: true,
    creator_id: project.owner.id,
    import_status: 'none',
    open_issues_count: 0,
    ci_config_path: '',
    public_jobs: true,
    shared_with_groups: [],
    only_allow_merge_if_pipeline_succeeds: false,
    request_access_enabled: true,
    merge_method: 'merge',
    squash_option: 'default_off',
    ...(project.fork ? { forked_from_project: { id: project.id - 1, name: project.name } } : {}),
    permissions: {
      project_access: project.owner.kind === 'person' ? access : null,
      group_access: project.owner.kind === 'person' ? null : access,
    },
    updated_at: isoTime(project.pushedAt),
  }
}

export const groupShape = (forge: ForgeState, account: Account) => ({
  ...namespaceShape(forge, account),
  full_name: accountPath(account).split('/').join(' / '),
  description: '',
  visibility: 'private',
})
