import type { Access, AccountKind, AccountState } from '../../../src-preload/contract/entities/account'
import type { FailureData } from '../../../src-preload/contract/outcome'

/** What is kept on disk about an account: facts only. Its credential is in the vault under `account/<id>`. */
export interface AccountRecord {
  readonly id: string
  readonly provider: string
  readonly host: string
  readonly kind: AccountKind
  /** The provider's immutable id of the person; for SSH the key's fingerprint. */
  readonly viewerId: string
  readonly login: string
  readonly name: string
  readonly label: string
  readonly isDefault: boolean
  readonly state: AccountState
  readonly reason: FailureData | null
  /** What its last listing of repositories could not show, e.g. an SSO session is missing; null when it was whole. */
  readonly partial: FailureData | null
  /** Clone addresses that an SSH account has reached, the last used first. Empty for other kinds. */
  readonly addresses: readonly string[]
  /** The address by which the host names itself, where its links are taken at `host` instead; null: as they are. */
  readonly namedAs: string | null
  readonly scopes: readonly string[] | null
  readonly access: Access
  readonly repositoryCount: number | null
  readonly expiresAt: number | null
  readonly renewsAt: number | null
  readonly connectedAt: number
  readonly checkedAt: number | null
  readonly nextCheckAt: number | null
}
