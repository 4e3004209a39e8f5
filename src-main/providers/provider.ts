import type { Access } from '../../src-preload/contract/entities/account'
import type { ProviderCard, SignInOptions } from '../../src-preload/contract/entities/provider'
import type { Branch, Repository } from '../../src-preload/contract/entities/repository'
import type { Failure } from '../../src-preload/contract/outcome'
import type { HttpCredential } from '../credentials/credential'
import type { Secret } from '../credentials/secret'
import type { Answer, Http } from './http'

/**
 * A git provider: data and a few pure functions. Nothing outside `providers/` knows which one it is talking to;
 * what a provider cannot do is absent. `host` is always the base address that the person connected
 * (`https://host[:port][/path]`, no trailing slash).
 */
export interface Provider {
  readonly id: string
  /** The one host that its maker runs for everybody; null for a program that many run. */
  readonly publicHost: string | null
  readonly card: ProviderCard
  /** How tokens made by hand announce themselves; others may exist beside them. Absent: they do not. */
  readonly tokenShapes?: readonly TokenShape[]
  /**
   * How to sign in at this host, as data. The OAuth app's public identifier matters where one provider has several
   * kinds of app: some ask for no scopes or return by fewer roads.
   */
  signIn(host: string, clientId?: string | null): SignInOffer
  /** Base of its REST interface, without a trailing slash. */
  apiBase(host: string): string
  /** Headers that authorise an API request. Called by `http.ts` only. */
  authorization(credential: HttpCredential): Readonly<Record<string, string>>
  /** Headers of every API request: accepted type, interface version. */
  readonly headers: Readonly<Record<string, string>>
  /** User name and password for git over HTTPS. */
  gitCredential(credential: HttpCredential): { readonly username: string; readonly password: Secret }
  /** Translates an answer that is not a success, or null for the common reading of its status. */
  explain(answer: Answer): Failure | null
  client(http: Http): ProviderClient
  /** Recognises the host from facts that `detect-host.ts` collected; null when it is another kind of forge. */
  readonly recognise: Recognise
}

/** A kind of token made by hand. */
export interface TokenShape {
  /** What all of them begin with. */
  readonly begins: string
  /** What follows, as the inside of a character class. */
  readonly characters: string
  /** Fewest characters of a whole one, in all. */
  readonly leastCharacters: number
}

/** What tells a forge apart without an account. */
export interface Recognise {
  /** Host names that are this provider for certain; one that begins with a dot stands for all names below it. */
  readonly hosts: readonly string[]
  /** Repositories may lie in groups inside groups. */
  readonly nested?: boolean
  /** The realm in `WWW-Authenticate` of `/info/refs?service=git-upload-pack`, e.g. `Basic realm="Gitea"`. */
  readonly realm: RegExp
  /** Whether the body of a 401 has the shape of its own errors; absent: whether it says anything. */
  readonly refusal?: (body: unknown) => boolean
  /** A path below the host whose JSON answer (200 or 401) confirms it. */
  readonly probe: { readonly path: string; readonly confirms: (answer: Answer) => boolean } | null
}

/** Ways in, each with what it needs. An absent member is a way that this provider does not have. */
export interface SignInOffer {
  readonly redirect?: {
    readonly authorizationEndpoint: string
    readonly tokenEndpoint: string
    /** RFC 6749 section 2.1: whether a code exchange needs a client secret. */
    readonly needsSecret: boolean
    /** How the secret is sent. */
    readonly clientAuthentication: 'body' | 'basic'
    readonly deepLink: boolean
    /** `any-port`: RFC 8252 section 7.3; a number: only that port is registered; null: no loopback. */
    readonly loopback: 'any-port' | number | null
    /** Host name in the loopback redirect URI. */
    readonly loopbackHost: '127.0.0.1' | 'localhost'
    /** Empty: the request leaves `scope` out, because the app's registration decides. */
    readonly scopes: readonly string[]
    readonly extra: Readonly<Record<string, string>>
    /** Its issuer identifier (RFC 8414 section 2); absent: the host's address. */
    readonly issuer?: string
    /**
     * How the host says that an earlier grant of other scopes is in the way, and the page on which a person removes that
     * grant; absent: it widens what it granted.
     */
    readonly grantConflict?: { readonly says: RegExp; readonly page: string }
    /** The callbacks of before each host had its own that this host may still use; absent: none. */
    readonly earlier?: EarlierUse
  }
  readonly device?: {
    readonly deviceAuthorizationEndpoint: string
    readonly tokenEndpoint: string
    readonly scopes: readonly string[]
  }
  readonly refresh?: {
    /** The client secret is needed to renew a token that a redirect brought. */
    readonly needsSecret: boolean
    readonly sendRedirectUri: boolean
    /** OAuth error codes that mean "this refresh token is dead" beside `invalid_grant`. */
    readonly deadErrors: readonly string[]
    /** How long a refresh token goes on working after it was used, in ms. Absent: it works once, or nobody says. */
    readonly reuseMs?: number
  }
  /** Scopes to ask for in place of the others when webhooks and deploy keys are first used; absent: those suffice. */
  readonly deployScopes?: readonly string[]
  /** The token endpoint answers errors with status 200. */
  readonly errorsWithStatus200: boolean
  readonly token?: NonNullable<SignInOptions['token']>
  readonly registration?: Omit<NonNullable<SignInOptions['registration']>, 'callbacks'>
  readonly notes: SignInOptions['notes']
}

/**
 * Which of the callbacks that hosts once shared a host may go on using. No two hosts may use the same one, unless the
 * provider compares callbacks to the letter and each host names itself in its answers.
 */
export interface EarlierUse {
  readonly deepLink: boolean
  readonly loopback: boolean
  /** Only if the host names itself in its answers (RFC 9207). */
  readonly needsIssuer: boolean
}

/** Who the credential belongs to, and what it may. */
export interface Viewer {
  /** Immutable id at the provider. */
  readonly id: string
  readonly login: string
  readonly name: string
  readonly scopes: readonly string[] | null
  /** Unix ms when a token made by hand ends, or null. */
  readonly expiresAt: number | null
  readonly access: Access
  /** Something that works only in part, e.g. SSO or a scope too narrow; null when all is well. */
  readonly attention: Failure | null
}

/** A repository as a provider gives it; the account and key are added by the caller. */
export type RemoteRepository = Omit<Repository, 'key' | 'accountId'>

/** A page seen before: its validator lets the server answer 304 without a body (RFC 9110 section 13.1.2). */
export interface KnownPage {
  readonly url: string
  readonly etag: string
  /** How many rows it had: a last page that was full may have got a successor. */
  readonly rows: number
}

/** One page of repositories; `unchanged` means that the rows known for this url still hold. */
export type RepositoryPage =
  | {
      readonly url: string
      readonly etag: string | null
      readonly total: number | null
      readonly rows: readonly RemoteRepository[]
    }
  | { readonly url: string; readonly etag: string; readonly total: number | null; readonly unchanged: true }

/** Told when a list is not whole: the provider says so, or rows in it could not be read (`rows-left-out`). */
export type OnPartial = (failure: Failure) => void

export interface ListOptions {
  readonly signal?: AbortSignal
  readonly onPartial?: OnPartial
}

/** What one account can do. Optional members are bundles of ability: absent means that the provider has none. */
export interface ProviderClient {
  viewer(signal?: AbortSignal): Promise<Viewer>
  /**
   * Streams pages as they arrive. Ends early with a thrown `Failure`; a list that is not whole ends with `onPartial`.
   */
  repositories(options: {
    readonly known: readonly KnownPage[]
    readonly signal?: AbortSignal
    readonly onPartial: OnPartial
  }): AsyncIterable<RepositoryPage>
  /** How many repositories `repositories` would bring, in few small requests; null where only listing can tell. */
  count(signal?: AbortSignal): Promise<number | null>
  /** By immutable id. */
  repository(id: string, signal?: AbortSignal): Promise<RemoteRepository>
  /** By path, following renames; null when it is not visible. */
  findRepository(path: string, signal?: AbortSignal): Promise<RemoteRepository | null>
  branches(
    repository: Pick<RemoteRepository, 'id' | 'path' | 'defaultBranch'>,
    options: ListOptions & { readonly text: string; readonly cursor: string | null },
  ): Promise<{ readonly branches: readonly Branch[]; readonly next: string | null }>
  readonly webhooks?: WebhookAbility
  readonly deployKeys?: DeployKeyAbility
  readonly statuses?: StatusAbility
  /** Takes the token away upstream. */
  readonly revoke?: RevokeAbility
}

/** A deploy webhook as it stands at the provider. */
export interface RemoteWebhook {
  readonly id: string
  readonly url: string
  readonly active: boolean
  readonly pushEvents: boolean
  /** Last delivery's HTTP status, where the list carries it. */
  readonly lastStatus: number | null
  /** Why the provider itself switched it off, or null. */
  readonly disabledReason: string | null
}

/** One delivery from the provider's own log. */
export interface Delivery {
  readonly id: string
  /** Unix ms, or null where the log does not tell. */
  readonly at: number | null
  readonly event: string
  /** Status of the answer; null when there was none, or when the log does not tell. */
  readonly status: number | null
  /** Whether it did not arrive or was refused. */
  readonly failed: boolean
  readonly milliseconds: number | null
  readonly response: string | null
}

export interface WebhookAbility {
  /** Which header carries the signature and how it is computed. */
  readonly signature: 'hub-sha256' | 'hub-sha256-old-name' | 'gitlab-token' | 'standard-webhooks'
  list(repository: RemoteRepositoryRef, options?: ListOptions): Promise<readonly RemoteWebhook[]>
  /** There is one hook with this address afterwards, and it has this secret. */
  create(
    repository: RemoteRepositoryRef,
    hook: { readonly url: string; readonly secret: Secret },
  ): Promise<RemoteWebhook>
  /** Gives a hook this address and secret. The result may be another hook that took its place. */
  update(
    repository: RemoteRepositoryRef,
    id: string,
    hook: { readonly url: string; readonly secret: Secret },
  ): Promise<RemoteWebhook>
  /**
   * Makes one more hook, also where there is one with this address. Present where a change leaves the secret of a hook
   * as it was: a new secret is proved by a second hook before the first one goes.
   */
  readonly createBeside?: (
    repository: RemoteRepositoryRef,
    hook: { readonly url: string; readonly secret: Secret },
  ) => Promise<RemoteWebhook>
  remove(repository: RemoteRepositoryRef, id: string): Promise<void>
  /** Asks the provider to send a test event. */
  readonly test?: (repository: RemoteRepositoryRef, id: string) => Promise<void>
  /** Newest first. Null: this host keeps no log, though others of its kind do. */
  readonly deliveries?: (
    repository: RemoteRepositoryRef,
    id: string,
    options?: ListOptions,
  ) => Promise<readonly Delivery[] | null>
}

export interface RemoteDeployKey {
  readonly id: string
  readonly title: string
  /** `type base64`, without a comment. */
  readonly key: string
  readonly readOnly: boolean
}

export interface DeployKeyAbility {
  /** Whether one key may be used on several repositories. */
  readonly shared: boolean
  list(repository: RemoteRepositoryRef, options?: ListOptions): Promise<readonly RemoteDeployKey[]>
  /** Always read-only. Returns the existing one when the same key is already there. */
  add(
    repository: RemoteRepositoryRef,
    key: { readonly title: string; readonly publicKey: string },
  ): Promise<RemoteDeployKey>
  remove(repository: RemoteRepositoryRef, id: string): Promise<void>
}

export interface StatusAbility {
  report(
    repository: RemoteRepositoryRef,
    commit: string,
    status: {
      readonly state: 'pending' | 'success' | 'failure'
      readonly description: string
      readonly context: string
    },
  ): Promise<void>
}

export interface RevokeAbility {
  /**
   * Revokes upstream. `client` is there when an OAuth app is configured. Resolves to the page where a person can
   * look or finish; `revoked` is true only when the provider said so.
   */
  run(
    credential: HttpCredential,
    client: { readonly clientId: string; readonly clientSecret: Secret | null } | null,
  ): Promise<{ readonly revoked: boolean; readonly page: string | null }>
}

/** Enough to address a repository at its provider. */
export type RemoteRepositoryRef = Pick<RemoteRepository, 'id' | 'path'>
