import type { HttpCredential } from '../credentials/credential'
import type { Secret } from '../credentials/secret'
import type { Fetch } from '../network/fetch'
import type { Provider } from './provider'

/** A parsed answer. `body` is JSON where the answer said so, else text. Header names are lower-case. */
export interface Answer {
  readonly status: number
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Requests of one account to one provider. Paths are below `apiBase`; absolute addresses must have its origin. */
export interface Http {
  /** The base address that the person connected. */
  readonly host: string
  /** How the account signs in; the credential itself stays inside. */
  readonly kind: HttpCredential['kind']
  get(path: string, options?: RequestOptions): Promise<Answer>
  send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    options?: RequestOptions,
  ): Promise<Answer>
}

export interface RequestOptions {
  readonly signal?: AbortSignal
  /** Sends `If-None-Match`; the answer may then be 304. */
  readonly etag?: string
  /** Statuses that are answers here and no failures, beside 2xx. */
  readonly accept?: readonly number[]
  /** Leaves the credential out. */
  readonly anonymous?: boolean
  /** Authenticates the OAuth app (RFC 6749 section 2.3.1, Basic) in place of the account. */
  readonly client?: { readonly clientId: string; readonly clientSecret: Secret }
  /** Sends the body as a form instead of JSON. */
  readonly form?: boolean
}

/** Where requests get their credential. */
export interface CredentialSource {
  /** The credential to use now, renewed ahead of expiry. */
  current(): Promise<HttpCredential>
  /** Called once after a 401 with the credential that was refused; resolves to a newer one, or null when there is none. */
  renew(refused: HttpCredential): Promise<HttpCredential | null>
}

/** What `createHttp` needs. */
export interface HttpParts {
  readonly provider: Provider
  readonly host: string
  readonly kind: HttpCredential['kind']
  readonly credentials: CredentialSource
  readonly fetch: Fetch
  /** Unix ms; `Date.now` unless given. */
  readonly now?: () => number
  /** Waits so many ms or rejects with `Failure('cancelled')`; real time unless given. */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}
