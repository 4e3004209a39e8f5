/** What a person may do in a repository, weakest first. */
export const ROLES = ['read', 'write', 'maintain', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Whether `held` is worth at least `needed`; nobody's role (`null`) is worth nothing. */
export const atLeast = (held: Role | null, needed: Role): boolean =>
  held !== null && ROLES.indexOf(held) >= ROLES.indexOf(needed)

/** Somebody who signs in with a browser and owns credentials. */
export interface Person {
  readonly kind: 'person'
  /** Never changes and is never used again, also when the login does. */
  readonly id: number
  login: string
  name: string
  email: string
  password: string
  /** Until when good credentials are refused as well, after too many bad ones. Milliseconds, 0 for never. */
  lockedOutUntil: number
  /** Organisations (by id) in which a single sign-on session is alive right now. */
  readonly ssoSessions: Set<number>
}

/** An organisation, a group (which may have a parent) or a workspace. */
export interface Organization {
  readonly kind: 'organization'
  readonly id: number
  login: string
  name: string
  readonly parent: Organization | null
  readonly members: Map<number, Role>
  /** Third-party access restrictions: no OAuth app sees what is private here. */
  blocksOAuthApps: boolean
  /** Credentials must be authorised in a single sign-on session to see anything here. */
  requiresSso: boolean
}

export type Account = Person | Organization

/** The path people type: `ada`, or `group/sub` for a nested group. */
export const accountPath = (account: Account): string =>
  account.kind === 'organization' && account.parent ? `${accountPath(account.parent)}/${account.login}` : account.login

/** One row of a listing. Its git objects exist only once somebody clones it or it was created with content. */
export interface Repository {
  readonly id: number
  owner: Account
  name: string
  description: string
  private: boolean
  archived: boolean
  readonly fork: boolean
  language: string | null
  defaultBranch: string
  /** Has no commit yet. */
  empty: boolean
  readonly createdAt: number
  pushedAt: number
  /** People (by id) invited to this one repository. */
  collaborators: ReadonlyMap<number, Role>
}

/** `owner/name`, with the whole path of a nested group. */
export const repositoryPath = (repository: Repository): string => `${accountPath(repository.owner)}/${repository.name}`
