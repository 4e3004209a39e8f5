import type { HttpCredential } from '../credentials/credential'
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
  readonly credentials: CredentialSource
  readonly fetch: Fetch
}
