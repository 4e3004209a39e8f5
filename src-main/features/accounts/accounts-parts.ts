import type { Dependents } from '../../../src-preload/contract/entities/account'
import type { Clock } from '../../clock'
import type { OAuthCredential } from '../../credentials/credential'
import type { Vault } from '../../credentials/vault'
import type { Announce } from '../../ipc/announce'
import type { Log } from '../../log/log'
import type { Fetch } from '../../network/fetch'
import type { OAuthClient } from '../../oauth/token-call'
import type { Http, HttpParts } from '../../providers/http'
import type { Provider, SignInOffer } from '../../providers/provider'
import type { Store } from '../../storage/store'
import type { AccountRecord } from './account-record'
import type { AccountsDocument } from './accounts-document'
import type { Made } from './release-made'

/** Where a refresh token may be sent, and how. */
export interface RefreshPlace {
  readonly provider: string
  readonly host: string
  readonly offer: SignInOffer
}

/** What the accounts feature needs from the rest of the app. */
export interface AccountsParts {
  readonly store: Store<AccountsDocument>
  readonly vault: Vault
  readonly providers: { get(id: string): Provider | null | undefined }
  /** Logs in with the key of an SSH account and reads its last address. Fails with what `git ls-remote` met. */
  readonly checkSsh: (record: AccountRecord) => Promise<void>
  readonly createHttp: (parts: HttpParts) => Http
  readonly fetch: Fetch
  /**
   * One token request. Fails with `auth-expired` or `auth-revoked` when the refresh token is dead; any other failure
   * says nothing about it.
   */
  readonly refreshToken: (credential: OAuthCredential, place: RefreshPlace) => Promise<OAuthCredential>
  /** The OAuth app that is configured for a host, with its secret. */
  readonly oauthApps: { find(provider: string, host: string): Promise<OAuthClient | null> }
  /** What depends on an account, from local knowledge. */
  readonly dependentsOf: (accountId: string) => Dependents
  /** What was made through an account at its provider, from local knowledge. */
  readonly madeBy: (accountId: string) => readonly Made[]
  readonly openPage: (url: string) => Promise<void>
  readonly clock: Clock
  readonly announce: Announce
  readonly log: Log
}

/** Told about accounts that come and go. */
export interface AccountListener {
  /** A new sign-in of a new or an existing account. */
  connected?(accountId: string): void
  removed?(accountId: string): void
  /** The same repositories have other addresses from now on. */
  readdressed?(accountId: string): void
  /** It works again after it was out of reach or its secret was locked away. */
  recovered?(accountId: string): void
}
