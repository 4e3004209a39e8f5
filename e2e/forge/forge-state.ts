import type { Clock } from './clock'
import type { AppKind, Credential, Credentials, OAuthApp } from './credentials'
import type { DeployKeys } from './deploy-keys'
import type { Person, Repository } from './entities'
import type { faultList } from './faults'
import type { RefUpdate } from './git-http'
import type { Hooks } from './hooks'
import type { requestLog } from './request-log'
import type { RouteGroup } from './router'
import type { SignIns } from './sign-in'
import type { World } from './world'

/** The provider a forge behaves like. */
export const DIALECTS = ['github', 'gitlab', 'bitbucket', 'gitea', 'forgejo'] as const
export type DialectId = (typeof DIALECTS)[number]

/** An account's choice of repositories for a GitHub App. */
export interface Installation {
  readonly id: number
  readonly app: OAuthApp
  readonly accountId: number
  /** `all`, also those to come, or the ids chosen. */
  selection: 'all' | ReadonlySet<number>
  suspended: boolean
  readonly createdAt: number
  updatedAt: number
}

/** A commit status, on whichever forge. */
export interface CommitStatus {
  readonly id: number
  readonly repositoryId: number
  readonly sha: string
  readonly state: string
  readonly context: string
  readonly description: string | null
  readonly targetUrl: string | null
  readonly creator: Person
  readonly createdAt: number
}

/** Behaviour that installations of one provider differ in. Dialects give the defaults. */
export interface Settings {
  /** Version the instance reports. */
  readonly version: string
  /** GitHub: `github.com` has no version, revokes without a secret and counts requests; a server does neither. */
  readonly edition: 'github.com' | 'server'
  /** Whether `POST /credentials/revoke` exists (GitHub). */
  readonly credentialsRevoke: boolean
  /** Whether PKCE is looked at. */
  readonly pkce: boolean
  /** Whether OAuth apps get expiring tokens by `offline_access` (GitHub), or tokens end at all. */
  readonly offlineAccess: boolean
  /** Requests an hour and person; null for no limit. */
  readonly rateLimit: number | null
  /** Seconds between two questions of the device flow. */
  readonly deviceInterval: number
  /** Whether the instance has the device flow. */
  readonly deviceFlow: boolean
  /** Lifetime of access tokens in seconds; null for the provider's own. */
  readonly tokenLifetime: number | null
  /** Whether a used refresh token dies at once (Gitea's INVALIDATE_REFRESH_TOKENS). */
  readonly invalidateRefreshTokens: boolean
  /** Whether webhooks may go to this machine. Real instances say no by default; tests need yes. */
  readonly localHooks: boolean
  /** Whether the instance signs webhooks by `signing_token` (GitLab 19.0 and later). */
  readonly signingTokens: boolean
  /** Whether strangers are shown nothing (Gitea's REQUIRE_SIGNIN_VIEW). */
  readonly signInRequired: boolean
  /** Whether OAuth scopes count (Gitea 1.23 and later, Forgejo of 2026). */
  readonly oauthScopes: boolean
  /** Whether answers of the authorize page name the instance (RFC 9207; GitLab with a Doorkeeper whose issuer is set). */
  readonly namesIssuer: boolean
}

/** Everything that a running forge knows. Dialects read and change it; tests use the `Forge` in front of it. */
export interface ForgeState {
  readonly dialect: DialectId
  readonly settings: Settings
  /** `http://127.0.0.1:PORT`, without the base path. */
  readonly origin: string
  /** `''`, or like `/git` for an instance under a path. */
  readonly basePath: string
  /** Origin and base path: what people type as the host's address. */
  readonly address: string
  readonly latencyMs: number
  /** Port of the forge's ssh, 22 when it has none of its own. */
  readonly sshPort: number
  readonly clock: Clock
  readonly world: World
  readonly credentials: Credentials
  readonly signIns: SignIns
  readonly apps: Map<string, OAuthApp>
  /** Browser sessions by their cookie's value. */
  readonly sessions: Map<string, Person>
  /** What a person granted an app, by `grantKey`; stays when the tokens run out. */
  readonly grants: Map<string, ReadonlySet<string>>
  readonly installations: Installation[]
  readonly hooks: Hooks
  readonly deployKeys: DeployKeys
  readonly statuses: CommitStatus[]
  readonly log: ReturnType<typeof requestLog>
  readonly faults: ReturnType<typeof faultList>
  /** Bugs of the forge itself. A test ends well only when there are none. */
  readonly problems: Error[]
  nextId(): number
  register(spec: AppSpec): OAuthApp
  /** Tells the forge of moved branches: the rows are brought up to date and hooks are called. Never fails. */
  pushed(repository: Repository, pusher: Person, updates: readonly RefUpdate[]): Promise<void>
}

/** The key of `grants`. */
export const grantKey = (person: Person, app: OAuthApp): string => `${person.id} ${app.clientId}`

/** How a provider behaves: data where it can be, functions where it must. */
export interface Dialect {
  readonly id: DialectId
  readonly settings: Settings
  /** What an edition changes in the settings. */
  readonly editions?: Partial<Record<Settings['edition'], Partial<Settings>>>
  /** Where the API lies below the address. */
  readonly apiPath: string
  readonly routes: readonly RouteGroup[]
  /** Lengths and prefixes of client ids and secrets. */
  clientId(app: Pick<OAuthApp, 'kind'>): string
  clientSecret(): string
  /** A token as people make it by hand in the settings. */
  personalToken(forge: ForgeState, spec: PersonalTokenSpec): Credential
  /** Sends the events of a push to the hooks that want them. */
  pushed(forge: ForgeState, repository: Repository, pusher: Person, updates: readonly RefUpdate[]): Promise<void>
  /** Called once when the forge starts. */
  start?(forge: ForgeState): void
}

/** A token to make by hand. */
export interface PersonalTokenSpec {
  /** Login; the first person when left out. */
  readonly user?: string
  /** Scopes in the provider's words; everything the app needs when left out. */
  readonly scopes?: readonly string[]
  /** Milliseconds since 1970, or a date. */
  readonly expiresAt?: number | Date | null
  readonly name?: string
  /** GitHub: makes a fine-grained token with these permissions (`contents: 'read'`). */
  readonly permissions?: Readonly<Record<string, string>>
  /** GitHub fine-grained: paths of the chosen repositories; all when left out. */
  readonly repositories?: readonly string[]
}

/** An app to register. */
export interface AppSpec {
  readonly kind?: AppKind
  readonly name?: string
  readonly redirectUris: readonly string[]
  /** The secret to use; one is made up when left out. */
  readonly secret?: string
  /** False registers a public client, where the dialect knows such. */
  readonly confidential?: boolean
  readonly deviceFlow?: boolean
  /** Whether its tokens run out: true for a GitHub App unless said otherwise. */
  readonly expiringTokens?: boolean
  /** GitHub App permissions, such as `{ contents: 'read' }`; scopes as keys for a Bitbucket consumer. */
  readonly permissions?: Readonly<Record<string, string>>
}
