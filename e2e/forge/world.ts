import type { Clock } from './clock'
import {
  type Account,
  accountPath,
  atLeast,
  type Organization,
  type Person,
  type Repository,
  type Role,
  repositoryPath,
} from './entities'
import { type CommitSpec, type GitStorage, gitStorage } from './git-storage'
import { type SeedSpec, seededRows } from './seed'
import type { OrganizationSpec, PersonSpec, RepositorySpec } from './world-specs'

/** People, organisations and repositories of one forge; ids are immutable and never used twice. */
export interface World {
  readonly git: GitStorage
  /** Grows with every change; lists computed from the world are cached by it. */
  readonly version: number
  addPerson(spec: PersonSpec): Person
  addOrganization(spec: OrganizationSpec): Organization
  /** Adds a repository whose git objects are made when first needed. */
  addRepository(spec: RepositorySpec): Repository
  /** Adds a repository and makes its git objects now. */
  createRepository(spec: RepositorySpec): Promise<Repository>
  /** Adds rows with made-up names, visible to `spec.viewer`; generated when a repository is first looked up. */
  seed(spec: SeedSpec): void
  /** Throws when there is nobody of that login. */
  person(login: string): Person
  findPerson(loginOrEmail: string): Person | null
  findAccount(path: string): Account | null
  findRepository(path: string): Repository | null
  repositoryById(id: number): Repository | null
  /** The repository that had this path before it was renamed or transferred. */
  formerly(path: string): Repository | null
  people(): readonly Person[]
  organizations(): readonly Organization[]
  repositories(): readonly Repository[]
  /** What `person` may do in `repository`; everybody reads what is public, nobody (`null`) nothing else. */
  role(person: Person | null, repository: Repository): Role | null
  /** Repositories in which `person` has a role of their own, oldest id first. */
  repositoriesOf(person: Person): readonly Repository[]
  /** Changes fields of a person, organisation or repository and lets cached lists know. */
  update<T extends Account | Repository>(entity: T, changes: Partial<T>): void
  rename(repository: Repository, name: string): void
  transfer(repository: Repository, ownerPath: string): void
  archive(repository: Repository, archived?: boolean): void
  /** Removes the row and its git objects; every address of it answers as if it had never been. */
  delete(repository: Repository): Promise<void>
  /** Takes all commits and branches away. */
  empty(repository: Repository): Promise<void>
  /** Commits on the server itself, without a push and without an event. Answers the new commit's hash. */
  commit(repository: Repository, commit: CommitSpec): Promise<string>
}

const inherited = (person: Person, owner: Account): Role | null => {
  if (owner.kind === 'person') return owner.id === person.id ? 'admin' : null
  return owner.members.get(person.id) ?? (owner.parent ? inherited(person, owner.parent) : null)
}

const ownRole = (person: Person, repository: Repository): Role | null => {
  const fromOwner = inherited(person, repository.owner)
  const invited = repository.collaborators.get(person.id) ?? null
  return invited && !atLeast(fromOwner, invited) ? invited : fromOwner
}

/** An empty world whose git objects live below `directory`; `deleted` hears of each repository that goes. */
export function emptyWorld(directory: string, clock: Clock, deleted: (repository: Repository) => void): World {
  const git = gitStorage(directory)
  const accounts = new Map<string, Account>()
  const byId = new Map<number, Repository>()
  const byPath = new Map<string, Repository>()
  const former = new Map<string, number>()
  const listed = new Map<number, { readonly version: number; readonly rows: readonly Repository[] }>()
  let seeds: SeedSpec[] = []
  let version = 0
  let nextAccount = 101
  let nextRepository = 10_001

  const key = (path: string): string => path.toLowerCase()
  const requireAccount = (path: string): Account => {
    const account = accounts.get(key(path))
    if (!account) throw new Error(`The forge has no account ${path}`)
    return account
  }
  const requirePerson = (login: string): Person => {
    const account = requireAccount(login)
    if (account.kind !== 'person') throw new Error(`${login} is not a person`)
    return account
  }
  const insert = (repository: Repository): Repository => {
    byId.set(repository.id, repository)
    byPath.set(key(repositoryPath(repository)), repository)
    version += 1
    return repository
  }
  const grow = (): void => {
    const due = seeds
    seeds = []
    for (const spec of due) {
      for (const row of seededRows(spec, requireAccount, clock.now(), nextRepository)) insert(row)
      nextRepository += spec.repositories
    }
  }
  const move = (repository: Repository, change: () => void): void => {
    const before = key(repositoryPath(repository))
    byPath.delete(before)
    change()
    former.set(before, repository.id)
    insert(repository)
  }
  const roles = (spec: Readonly<Record<string, Role>> = {}): Map<number, Role> =>
    new Map(Object.entries(spec).map(([login, role]) => [requirePerson(login).id, role]))

  const world: World = {
    git,
    get version() {
      return version
    },
    addPerson: (spec) => {
      const person: Person = {
        kind: 'person',
        id: nextAccount++,
        login: spec.login,
        name: spec.name ?? spec.login.replace(/^./, (letter) => letter.toUpperCase()),
        email: spec.email ?? `${spec.login}@example.com`,
        password: spec.password ?? 'password',
        lockedOutUntil: 0,
        ssoSessions: new Set(),
      }
      accounts.set(key(person.login), person)
      return person
    },
    addOrganization: (spec) => {
      const parent = spec.parent ? requireAccount(spec.parent) : null
      const organization: Organization = {
        kind: 'organization',
        id: nextAccount++,
        login: spec.login,
        name: spec.name ?? spec.login,
        parent: parent?.kind === 'organization' ? parent : null,
        members: roles(spec.members),
        blocksOAuthApps: spec.blocksOAuthApps ?? false,
        requiresSso: spec.requiresSso ?? false,
      }
      accounts.set(key(accountPath(organization)), organization)
      version += 1
      return organization
    },
    addRepository: (spec) => {
      grow()
      const repository: Repository = {
        id: nextRepository++,
        owner: requireAccount(spec.owner),
        name: spec.name,
        description: spec.description ?? '',
        private: spec.private ?? true,
        archived: spec.archived ?? false,
        fork: spec.fork ?? false,
        language: spec.language ?? null,
        defaultBranch: spec.defaultBranch ?? 'main',
        empty: spec.empty ?? false,
        createdAt: clock.now(),
        pushedAt: spec.pushedAt ?? clock.now(),
        collaborators: roles(spec.collaborators),
      }
      git.declare(repository, spec)
      return insert(repository)
    },
    createRepository: async (spec) => {
      const repository = world.addRepository(spec)
      await git.directory(repository)
      return repository
    },
    seed: (spec) => {
      seeds.push(spec)
      version += 1
    },
    person: requirePerson,
    findPerson: (loginOrEmail) =>
      world.people().find((person) => [person.login, person.email].some((name) => key(name) === key(loginOrEmail))) ??
      null,
    findAccount: (path) => accounts.get(key(path)) ?? null,
    findRepository: (path) => {
      grow()
      return byPath.get(key(path)) ?? null
    },
    repositoryById: (id) => {
      grow()
      return byId.get(id) ?? null
    },
    formerly: (path) => {
      grow()
      const id = byPath.has(key(path)) ? undefined : former.get(key(path))
      return id === undefined ? null : (byId.get(id) ?? null)
    },
    people: () => [...accounts.values()].filter((account) => account.kind === 'person'),
    organizations: () => [...accounts.values()].filter((account) => account.kind === 'organization'),
    repositories: () => {
      grow()
      return [...byId.values()]
    },
    role: (person, repository) => (person ? ownRole(person, repository) : null) ?? (repository.private ? null : 'read'),
    repositoriesOf: (person) => {
      grow()
      const known = listed.get(person.id)
      if (known?.version === version) return known.rows
      const rows = [...byId.values()].filter((repository) => ownRole(person, repository) !== null)
      listed.set(person.id, { version, rows })
      return rows
    },
    update: (entity, changes) => {
      Object.assign(entity, changes)
      version += 1
    },
    rename: (repository, name) => move(repository, () => Object.assign(repository, { name })),
    transfer: (repository, ownerPath) =>
      move(repository, () => Object.assign(repository, { owner: requireAccount(ownerPath) })),
    archive: (repository, archived = true) => {
      repository.archived = archived
      version += 1
    },
    delete: async (repository) => {
      byId.delete(repository.id)
      byPath.delete(key(repositoryPath(repository)))
      version += 1
      deleted(repository)
      await git.remove(repository)
    },
    empty: async (repository) => {
      repository.empty = true
      version += 1
      await git.remove(repository)
    },
    commit: async (repository, commit) => {
      const hash = await git.commit(repository, commit)
      Object.assign(repository, { empty: false, pushedAt: clock.now() })
      version += 1
      return hash
    },
  }
  return world
}
