import { accountUrl, cloneUrl, repositoryUrl, sshUrl } from '../addresses'
import { isoTime } from '../clock'
import { type Account, atLeast, type Person, type Repository, type Role, repositoryPath } from '../entities'
import type { ForgeState } from '../forge-state'

const apiAddress = (forge: ForgeState): string => `${forge.address}/api/v3`

const nodeId = (kind: string, id: number): string => `${kind}_${Buffer.from(`${kind}${id}`).toString('base64url')}`

/** A "simple user", also for an organisation. */
export function accountShape(forge: ForgeState, account: Account) {
  const url = `${apiAddress(forge)}/users/${account.login}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.kind === 'person' ? 'U' : 'O', account.id),
    avatar_url: `${forge.address}/avatars/u/${account.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: accountUrl(forge, account),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.kind === 'person' ? 'User' : 'Organization',
    user_view_type: 'public',
    site_admin: false,
  }
}

/** `GET /user`. The address is only there for those who may read it. */
export function viewerShape(forge: ForgeState, person: Person, withEmail: boolean) {
  return {
    ...accountShape(forge, person),
    name: person.name,
    company: null,
    blog: '',
    location: null,
    email: withEmail ? person.email : null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  }
}

/** Suffixes of the addresses that every repository carries, by their field. */
const RESOURCES: Readonly<Record<string, string>> = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
}

const RESOURCE_SUFFIXES = Object.entries(RESOURCES)

const repositoryApiUrl = (forge: ForgeState, repository: Repository): string =>
  `${apiAddress(forge)}/repos/${repositoryPath(repository)}`

/** A repository without the addresses of `RESOURCES`. */
function ownFields(forge: ForgeState, repository: Repository, role: Role) {
  const path = repositoryPath(repository)
  const url = repositoryApiUrl(forge, repository)
  const pushed = repository.empty ? null : isoTime(repository.pushedAt)
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: path,
    private: repository.private,
    owner: accountShape(forge, repository.owner),
    html_url: repositoryUrl(forge, repository),
    description: repository.description || null,
    fork: repository.fork,
    url,
    created_at: isoTime(repository.createdAt),
    updated_at: isoTime(repository.pushedAt),
    pushed_at: pushed,
    git_url: `git://${cloneUrl(forge, repository).replace(/^https?:\/\//, '')}`,
    ssh_url: sshUrl(forge, repository),
    clone_url: cloneUrl(forge, repository),
    svn_url: repositoryUrl(forge, repository),
    homepage: null,
    size: repository.empty ? 0 : 108,
    stargazers_count: 0,
    watchers_count: 0,
    language: repository.language,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    open_issues_count: 0,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    forks: 0,
    open_issues: 0,
    watchers: 0,
    default_branch: repository.defaultBranch,
    permissions: {
      admin: role === 'admin',
      maintain: atLeast(role, 'maintain'),
      push: atLeast(role, 'write'),
      triage: atLeast(role, 'write'),
      pull: true,
    },
  }
}

/** A repository as listings and single requests give it. */
export function repositoryShape(forge: ForgeState, repository: Repository, role: Role) {
  const url = repositoryApiUrl(forge, repository)
  const addresses = Object.fromEntries(Object.entries(RESOURCES).map(([field, suffix]) => [field, url + suffix]))
  return { ...ownFields(forge, repository, role), ...addresses }
}

/** The JSON of the same, put together by hand: pages of a hundred rows must not be what a benchmark measures. */
export function repositoryJson(forge: ForgeState, repository: Repository, role: Role): string {
  const quotedUrl = JSON.stringify(repositoryApiUrl(forge, repository)).slice(0, -1)
  const own = JSON.stringify(ownFields(forge, repository, role)).slice(0, -1)
  return `${own}${RESOURCE_SUFFIXES.map(([field, suffix]) => `,"${field}":${quotedUrl}${suffix}"`).join('')}}`
}
