import type { Secret } from '../../credentials/secret'
import type { Provider, ProviderClient } from '../../providers/provider'
import type { AccountRecord } from './account-record'

/**
 * How other features use an account: they never see its credential, only a client that refreshes it by itself.
 * Every method fails with `Failure('not-found')` for an account that is gone.
 */
export interface AccountAccess {
  record(accountId: string): AccountRecord
  records(): readonly AccountRecord[]
  /** The provider's client for an OAuth or token account. */
  open(accountId: string): {
    readonly provider: Provider
    readonly client: ProviderClient
    readonly record: AccountRecord
  }
  /** User name and password for git over HTTPS, renewed first if need be. `origin` is the only place they may go. */
  gitCredential(
    accountId: string,
  ): Promise<{ readonly username: string; readonly password: Secret; readonly origin: string }>
  /** An SSH account reached this clone address: it is remembered, the last used first. */
  reached(accountId: string, address: string): Promise<void>
  /** Tells the account what a call met, so that its state follows. */
  met(accountId: string, outcome: { readonly ok: true } | { readonly ok: false; readonly error: unknown }): void
}
