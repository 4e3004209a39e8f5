import type { HttpCredential } from '../../credentials/credential'
import type { AccountRecord } from './account-record'

/** A credential that a sign-in brought, and what it is for. */
export interface Connection {
  /** Key into the provider cards. */
  readonly provider: string
  /** Base address, `https://host[:port][/path]`, without a trailing slash. */
  readonly host: string
  readonly credential: HttpCredential
  /** The account that signs in again, or null for a new one. */
  readonly reconnects: string | null
  readonly signal?: AbortSignal
}

/** A key that opened an SSH host. There is nobody to ask who it belongs to, so the caller says. The key stays where it is. */
export interface SshConnection {
  /** Key into the provider cards. */
  readonly provider: string
  /** `ssh://host[:port]` */
  readonly host: string
  readonly login: string
  readonly name: string
  /** `SHA256:…` of the key. */
  readonly fingerprint: string
  /** The clone address that was reached. */
  readonly address: string
  readonly reconnects: string | null
}

/**
 * `different-person`: the credential works, but for somebody else than the account that was to be reconnected. Nothing
 * was kept; `keep` makes an account of its own of it. `repositoryCount` is what the account's last listing said.
 */
export type Connected =
  | { readonly kind: 'connected'; readonly account: AccountRecord; readonly repositoryCount: number | null }
  | { readonly kind: 'different-person'; readonly login: string; keep(): Promise<AccountRecord> }

/** Turns a credential into an account. */
export interface AccountConnector {
  /**
   * Asks the provider who the credential belongs to, keeps it, then the account: both are durable when this resolves.
   * Reconnecting keeps the account's id, label and everything bound to it. Fails with the provider's `Failure`, with
   * `not-found` when the account to reconnect or the provider is gone and `conflict` when it is at another host.
   */
  connect(connection: Connection): Promise<Connected>
  /**
   * The older account of the same person takes over the credential of this one, which goes. It keeps its id, label and
   * everything bound to it. @throws Failure `not-found` where there is no such account
   */
  replaceTwin(accountId: string): Promise<AccountRecord>
  /**
   * The same for a key that was proved: there is no call to make. The same key for the same user of the same host is the
   * same account, which then has one address more.
   */
  connectSsh(connection: SshConnection): Promise<AccountRecord>
}
