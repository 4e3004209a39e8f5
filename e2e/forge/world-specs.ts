import type { Role } from './entities'
import type { ContentSpec } from './git-storage'

/** A person to add; what is left out is made up from the login. The password of everybody is `password`. */
export interface PersonSpec {
  readonly login: string
  readonly name?: string
  readonly email?: string
  readonly password?: string
}

/** An organisation, group or workspace to add. */
export interface OrganizationSpec {
  readonly login: string
  readonly name?: string
  /** Full path of the group it lies in, for forges with nested groups. */
  readonly parent?: string
  /** Logins and their role in every repository of the organisation. */
  readonly members?: Readonly<Record<string, Role>>
  readonly blocksOAuthApps?: boolean
  readonly requiresSso?: boolean
}

/** A repository to add. Private and on branch `main` unless said otherwise. */
export interface RepositorySpec extends ContentSpec {
  /** Path of a person or organisation that already exists. */
  readonly owner: string
  readonly name: string
  readonly description?: string
  readonly private?: boolean
  readonly archived?: boolean
  readonly fork?: boolean
  readonly language?: string | null
  readonly pushedAt?: number
  readonly collaborators?: Readonly<Record<string, Role>>
}
