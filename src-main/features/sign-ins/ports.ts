import type { Detected } from '../../../src-preload/contract/entities/provider'
import type { Notice } from '../../../src-preload/contract/system'
import type { Clock } from '../../clock'
import type { Vault } from '../../credentials/vault'
import type { Announce } from '../../ipc/announce'
import type { Log } from '../../log/log'
import type { Fetch } from '../../network/fetch'
import type { OAuthClient } from '../../oauth/token-call'
import type { Provider } from '../../providers/provider'
import type { AccountConnector } from '../accounts/account-connector'
import type { Issuers } from './issuers'

/** What signing in needs from the rest of the app. */
export interface SignInPorts {
  readonly providers: { list(): readonly Provider[]; get(id: string): Provider | null | undefined }
  readonly fetch: Fetch
  readonly oauthApps: { find(provider: string, host: string): Promise<OAuthClient | null> }
  readonly issuers: Issuers
  readonly accounts: Pick<AccountConnector, 'connect'>
  /** Scopes that an account has, as its provider names them; null when there is no such account or it does not say. */
  readonly grantedScopes: (accountId: string) => readonly string[] | null
  /** Whether an account's token is still accepted; true also when the provider could not be asked. */
  readonly tokenWorks: (accountId: string) => Promise<boolean>
  /** Holds the one request whose answer may come after the app was closed and opened again by it, and tokens that arrive. */
  readonly vault: Pick<Vault, 'get' | 'set' | 'delete' | 'writeAhead'>
  readonly openInBrowser: (url: string) => Promise<void>
  readonly copyToClipboard: (text: string) => Promise<void>
  /** Brings the window to the front. Called only when an answer belongs to a sign-in that waits for it. */
  readonly showWindow: () => void
  /** Whether the system hands `cloudaipilot:` links to this install, asked anew for each sign-in. */
  readonly ownsScheme: () => boolean | Promise<boolean>
  readonly detectHost: (address: string) => Promise<Detected>
  readonly clock: Clock
  readonly announce: Announce
  readonly addNotice: (notice: Omit<Notice, 'id'>) => void
  /** Told ids and codes, never an address with its query. */
  readonly log: Pick<Log, 'info' | 'error'>
}
