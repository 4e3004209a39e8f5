import type { HttpCredential, SshCredential } from '../../credentials/credential'
import type { Provider } from '../../providers/provider'
import type { AccountRecord } from './account-record'

/** A credential that a sign-in brought, and what it is for. */
export interface Connection {
  readonly provider: Provider
  /** Base address, `https://host[:port][/path]`, without a trailing slash. */
  readonly host: string
  readonly credential: HttpCredential
  /** The account that signs in again, or null for a new one. */
  readonly reconnects: string | null
}

/** A key that opened an SSH host. There is nobody to ask who it belongs to, so the caller says. */
export interface SshConnection {
  /** Key into the provider cards. */
  readonly provider: string
  /** `ssh://host[:port]` */
  readonly host: string
  readonly login: string
  readonly name: string
  /** The key's fingerprint. */
  readonly fingerprint: string
  readonly credential: SshCredential
  readonly reconnects: string | null
}

/** `different-person`: the credential works, but for somebody else than the account that was to be reconnected. Nothing was kept. */
export type Connected =
  | { readonly kind: 'connected'; readonly account: AccountRecord }
  | { readonly kind: 'different-person'; readonly login: string }

/** Turns a credential into an account. */
export interface AccountConnector {
  /**
   * Asks the provider who the credential belongs to, keeps it, then the account: both are durable when this resolves.
   * Reconnecting keeps the account's id, label and everything bound to it. Fails with the provider's `Failure`, with
   * `not-found` when the account to reconnect is gone and `conflict` when it is at another host.
   */
  connect(connection: Connection, signal?: AbortSignal): Promise<Connected>
  /** The same for a key: there is no call to make. */
  connectSsh(connection: SshConnection): Promise<AccountRecord>
}
