import { createHash } from 'node:crypto'
import { accountUrl, cloneUrl, repositoryUrl, sshUrl } from '../addresses'
import type { Account, Person, Repository } from '../entities'
import type { ForgeState } from '../forge-state'

/** A UUID in braces, always the same for the same thing. */
const uuid = (kind: string, id: number): string => {
  const hex = createHash('sha256').update(`${kind} ${id}`).digest('hex')
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}}`
}

const uuids = new WeakMap<Repository, string>()

/** The immutable id of a repository. */
export function repositoryUuid(repository: Repository): string {
  const known = uuids.get(repository) ?? uuid('repository', repository.id)
  uuids.set(repository, known)
  return known
}

const iso = (time: number): string => new Date(time).toISOString().replace('Z', '000+00:00')

const link = (href: string) => ({ href })

/** A person; names that people sign in with are not told. */
export const personShape = (forge: ForgeState, person: Person) => ({
  type: 'user',
  uuid: uuid('account', person.id),
  account_id: `557058:${uuid('atlassian', person.id).slice(1, -1)}`,
  display_name: person.name,
  nickname: person.login,
  links: {
    self: link(`${forge.address}/2.0/users/${encodeURIComponent(uuid('account', person.id))}`),
    avatar: link(`${forge.address}/account/${person.login}/avatar/`),
    html: link(accountUrl(forge, person)),
  },
})

/** A workspace as a membership carries it: without its name. */
export const workspaceBase = (forge: ForgeState, account: Account) => ({
  type: 'workspace_base',
  uuid: uuid('account', account.id),
  slug: account.login,
  links: {
    self: link(`${forge.address}/2.0/workspaces/${account.login}`),
    avatar: link(`${forge.address}/workspaces/${account.login}/avatar/`),
  },
})

export const workspaceShape = (forge: ForgeState, account: Account) => ({
  ...workspaceBase(forge, account),
  type: 'workspace',
  name: account.name,
  is_private: true,
  created_on: '2020-01-01T00:00:00.000000+00:00',
})

/** The address for https carries the asker's name, as on Bitbucket. */
const cloneLinks = (forge: ForgeState, repository: Repository, person: Person | null) => {
  const https = cloneUrl(forge, repository)
  return [
    { name: 'https', href: person ? https.replace('://', `://${person.login}@`) : https },
    { name: 'ssh', href: sshUrl(forge, repository) },
  ]
}

/** A repository; `mainbranch` is null as long as there is no commit. */
export function repositoryShape(forge: ForgeState, repository: Repository, person: Person | null) {
  const path = `${repository.owner.login}/${repository.name}`
  const self = `${forge.address}/2.0/repositories/${path}`
  return {
    type: 'repository',
    uuid: repositoryUuid(repository),
    full_name: path,
    name: repository.name,
    slug: repository.name,
    description: repository.description,
    scm: 'git',
    website: null,
    is_private: repository.private,
    has_issues: false,
    has_wiki: false,
    fork_policy: 'allow_forks',
    language: repository.language?.toLowerCase() ?? '',
    size: repository.empty ? 0 : 110_592,
    created_on: iso(repository.createdAt),
    updated_on: iso(repository.pushedAt),
    mainbranch: repository.empty ? null : { type: 'branch', name: repository.defaultBranch },
    parent: repository.fork ? { type: 'repository', name: 'upstream' } : null,
    owner:
      repository.owner.kind === 'person'
        ? personShape(forge, repository.owner)
        : { type: 'team', display_name: repository.owner.name },
    workspace: workspaceShape(forge, repository.owner),
    project: { type: 'project', key: 'MAIN', name: 'Main' },
    links: {
      self: link(self),
      html: link(repositoryUrl(forge, repository)),
      avatar: link(`${repositoryUrl(forge, repository)}/avatar`),
      branches: link(`${self}/refs/branches`),
      commits: link(`${self}/commits`),
      hooks: link(`${self}/hooks`),
      clone: cloneLinks(forge, repository, person),
    },
  }
}
