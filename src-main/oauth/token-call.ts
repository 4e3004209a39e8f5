import * as oauth from 'oauth4webapi'
import { Failure } from '../../src-preload/contract/outcome'
import { saidName } from '../../src-preload/contract/plain-text'
import type { Secret } from '../credentials/secret'
import type { Fetch } from '../network/fetch'
import type { SignInOffer } from '../providers/provider'
import { createRedaction } from '../redaction/redaction'
import { createOAuthFetch } from './oauth-fetch'
import { isSecureAddress } from './secure-address'

/** Whether an OAuth app was registered with the callbacks of its own host, or with those that all hosts once shared. */
export type RegisteredCallbacks = 'own' | 'earlier'

/** An OAuth app as it is registered at a provider (RFC 6749 section 2.2). */
export interface OAuthClient {
  readonly clientId: string
  /** Null for a public client (section 2.1). */
  readonly clientSecret: Secret | null
  /** Which callbacks it was registered with; absent: the host's own. */
  readonly callbacks?: RegisteredCallbacks
}

/** What every request to a token endpoint needs. */
export interface TokenCall {
  readonly offer: SignInOffer
  /** Base address of the host, for facts and as the issuer. */
  readonly host: string
  readonly client: OAuthClient
  readonly fetch: Fetch
  /** Unix ms. */
  readonly now: () => number
  readonly signal?: AbortSignal
}

/** An error by which the server refused (RFC 6749 section 5.2, RFC 8628 section 3.5). */
export interface Refusal {
  readonly error: string
  /** The server's own words, cleaned, without any secret of ours. May be empty. */
  readonly detail: string
  /** A new polling interval that came along, in seconds. */
  readonly interval: number | null
}

/** What a token endpoint answered. */
export type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

/** What oauth4webapi is given for one call. */
export interface Prepared {
  readonly server: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly authentication: oauth.ClientAuth
  readonly options: Pick<
    oauth.TokenEndpointRequestOptions,
    typeof oauth.customFetch | typeof oauth.allowInsecureRequests
  >
}

/**
 * Prepares a call to one of the two endpoints that apps talk to themselves.
 * @throws Failure `address-refused` when it is neither https nor on this computer
 */
export const prepare = (
  call: TokenCall,
  endpoint: 'token_endpoint' | 'device_authorization_endpoint',
  address: string,
): Prepared => {
  const url = new URL(address)
  if (!isSecureAddress(url)) throw new Failure('address-refused', { host: url.host, reason: 'plain-http' })
  const send = createOAuthFetch(call)
  return {
    server: { issuer: call.host, [endpoint]: address },
    client: { client_id: call.client.clientId },
    authentication: authenticationOf(call),
    options: {
      [oauth.customFetch]: send,
      // Plain http has passed the check above, so it never leaves this computer.
      [oauth.allowInsecureRequests]: url.protocol === 'http:',
    },
  }
}

/** RFC 6749 section 2.3.1. A configured secret is always sent: an app registered with one is refused without it. */
const authenticationOf = ({ client: { clientSecret }, offer }: TokenCall): oauth.ClientAuth => {
  if (clientSecret === null) return oauth.None()
  return offer.redirect?.clientAuthentication === 'basic'
    ? basic(clientSecret)
    : oauth.ClientSecretPost(clientSecret.reveal())
}

/**
 * Like the library's, which also encodes `-`, `_` and `.`: right by the letter, but servers that do not decode what
 * they get then know neither the client nor its secret.
 */
const basic =
  (clientSecret: Secret): oauth.ClientAuth =>
  (_server, { client_id }, _body, headers) => {
    const pair = [client_id, clientSecret.reveal()].map((part) => new URLSearchParams([['', part]]).toString().slice(1))
    headers.set('authorization', `Basic ${Buffer.from(pair.join(':')).toString('base64')}`)
  }

/**
 * Runs request and processing, and sorts what came of it.
 * @param secrets what was sent, so that it can't come back in the server's words
 * @throws Failure whatever `createOAuthFetch` throws, or `bad-answer`
 */
export const ask = async <T>(
  call: TokenCall,
  secrets: readonly Secret[],
  run: () => Promise<T>,
): Promise<Answered<T>> => {
  try {
    return { ok: true, value: await run() }
  } catch (error) {
    if (error instanceof Failure) throw error
    if (error instanceof oauth.ResponseBodyError) return { ok: false, refusal: toRefusal(error, secrets) }
    if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError) {
      // Its cause holds the body, and that may hold tokens: only the library's code goes on.
      throw new Failure('bad-answer', { host: new URL(call.host).host, reason: error.code ?? 'malformed' })
    }
    throw error
  }
}

/** Characters of a server's words that are looked at. */
const longestDetail = 4096

const toRefusal = (error: oauth.ResponseBodyError, secrets: readonly Secret[]): Refusal => {
  const { interval } = error.cause
  return {
    error: /^[\w.-]{1,60}$/.test(error.error) ? error.error : 'malformed',
    detail: cleaned(error.error_description ?? '', secrets),
    interval: typeof interval === 'number' && interval > 0 ? interval : null,
  }
}

const cleaned = (text: string, secrets: readonly Secret[]): string =>
  saidName(createRedaction(secrets.map((secret) => secret.reveal())).text(text.slice(0, longestDetail)), 200)
