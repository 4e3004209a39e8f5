import { setMaxListeners } from 'node:events'
import { Failure } from '../../src-preload/contract/outcome'
import { saidName } from '../../src-preload/contract/plain-text'
import type { HttpCredential } from '../credentials/credential'
import type { Secret } from '../credentials/secret'
import { clockSkew } from '../network/clock-skew'
import type { Fetch } from '../network/fetch'
import { intermediaryFailure } from '../network/intermediary'
import { locationOf } from '../network/location'
import { type Answer, toAnswer } from './answer'
import { explainStatus, messageOf } from './explain-status'
import { createGate } from './gate'
import { foreignAnswer } from './own-refusal'
import type { Provider } from './provider'
import { limitedUntil } from './rate-limit'
import { redact, secretsOf } from './redact'
import { isIdempotent, type Method, retryDelay } from './retry-delay'
import { wait as realWait } from './wait'

export type { Answer }

/** Requests of one account to one provider. Paths are below `apiBase`; absolute addresses must have its origin. */
export interface Http {
  /** The base address that the person connected. */
  readonly host: string
  /** How the account signs in; the credential itself stays inside. */
  readonly kind: HttpCredential['kind']
  /** Follows up to three redirects on the same origin: that is how providers lead to a renamed repository. */
  get(path: string, options?: RequestOptions): Promise<Answer>
  send(method: Exclude<Method, 'GET'>, path: string, body?: unknown, options?: RequestOptions): Promise<Answer>
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
  /**
   * Called once after a 401 with the credential that was refused and what that means; resolves to a newer one, or null when
   * there is none.
   */
  renew(refused: HttpCredential, refusal: Failure): Promise<HttpCredential | null>
}

/** What `createHttp` needs. */
export interface HttpParts {
  readonly provider: Pick<Provider, 'apiBase' | 'authorization' | 'headers' | 'explain'> &
    Partial<Pick<Provider, 'recognise'>>
  readonly host: string
  readonly kind: HttpCredential['kind']
  /** The base by which the host names itself, where its links are taken at `host` instead. */
  readonly namedAs?: string | null
  readonly credentials: CredentialSource
  readonly fetch: Fetch
  /** Unix ms; `Date.now` unless given. */
  readonly now?: () => number
  /** Waits in ms before questions that are asked again when the credential is refused; none unless given. */
  readonly doubtsMs?: readonly number[]
  /** Waits so many ms or rejects with `Failure('cancelled')`; real time unless given. */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

/** No page of any provider comes near this, in bytes. */
const maxBytes = 8_000_000
const maxTries = 3
const maxRedirects = 3
const limits = { plain: 8, all: 32 }

/** What one call is made of. */
interface Call {
  readonly method: Method
  readonly url: URL
  readonly body: unknown
  readonly options: RequestOptions
}

const encode = (body: unknown, form: boolean): { readonly type: string; readonly text: string } =>
  form
    ? {
        type: 'application/x-www-form-urlencoded',
        text: new URLSearchParams(body as Record<string, string>).toString(),
      }
    : { type: 'application/json', text: JSON.stringify(body) }

/**
 * The one place where a credential meets a request: pinned to the provider's origin, bounded, patient with passing
 * failures of repeatable calls, and the only translator of statuses.
 * Fails with any `Failure` of `Fetch`, of the provider's `explain` and of `explainStatus`; facts carry `host`, `status`,
 * `request` (its path), the server's `message`, `until` (Unix ms) for limits and `clockSkew` (seconds) when the clocks disagree.
 */
export const createHttp = (parts: HttpParts): Http => {
  const {
    provider,
    host,
    kind,
    credentials,
    fetch,
    now = Date.now,
    wait = realWait,
    doubtsMs = [],
    namedAs = null,
  } = parts
  const base = provider.apiBase(host)
  const home = new URL(base)
  const gate = createGate(limits)

  /** An address below the base by which the host names itself, at the one where it is asked; any other as it is. */
  const own = (address: string): string =>
    namedAs !== null && address.startsWith(`${namedAs}/`) ? host + address.slice(namedAs.length) : address

  /** Refuses every address that would take the credential elsewhere. */
  const pin = (address: string): URL => {
    try {
      const url = new URL(address.startsWith('/') ? base + address : own(address))
      if (url.origin === home.origin && url.username === '' && url.password === '') return url
      throw new Failure('foreign-link-refused', { host: home.host, foreign: saidName(url.host, 100) })
    } catch (cause) {
      throw cause instanceof Failure ? cause : new Failure('bad-answer', { host: home.host, why: 'link' }, { cause })
    }
  }

  const headersFor = (call: Call, credential: HttpCredential | null): Record<string, string> => {
    const { client, etag } = call.options
    const basic = client && Buffer.from(`${client.clientId}:${client.clientSecret.reveal()}`).toString('base64')
    return {
      ...provider.headers,
      ...(basic !== undefined && { authorization: `Basic ${basic}` }),
      ...(credential !== null && provider.authorization(credential)),
      ...(etag !== undefined && { 'if-none-match': etag }),
    }
  }

  const explain = (answer: Answer, front: Failure | null, secrets: readonly string[]): Failure => {
    const own = front ?? provider.explain(answer)
    const until = limitedUntil(answer, now(), own?.code === 'rate-limited')
    const limited = until !== null && answer.status !== 503
    const { code, facts } = limited ? new Failure('rate-limited') : (own ?? explainStatus(answer))
    const skew = clockSkew(answer.headers.date, now())
    const message = messageOf(answer.body)
    const told: Record<string, string> = {
      host: home.host,
      status: String(answer.status),
      request: new URL(answer.url).pathname,
      ...(message !== null && { message }),
      ...facts,
      ...(until !== null && { until: String(until) }),
      ...(skew !== null && { clockSkew: String(Math.round(skew / 1_000)) }),
    }
    const clean = Object.entries(told).map(([name, value]) => [name, saidName(redact(value, secrets), 300)])
    return new Failure(code, Object.fromEntries(clean))
  }

  /** One request with one credential. */
  const ask = async (call: Call, credential: HttpCredential | null) => {
    const headers = headersFor(call, credential)
    const secrets = secretsOf(headers, credential, call.body)
    const body = call.body === undefined ? null : encode(call.body, call.options.form ?? false)
    const response = await fetch(call.url, {
      method: call.method,
      headers: body === null ? headers : { ...headers, 'content-type': body.type },
      maxBytes,
      ...(body !== null && { body: body.text }),
      ...(call.options.signal && { signal: call.options.signal }),
    })
    const answer = await toAnswer(response, call.url)
    const foreign = foreignAnswer(answer, provider.recognise)
    const front = foreign === null ? null : intermediaryFailure(foreign, answer)
    const expected = front === null && (response.ok || (call.options.accept?.includes(answer.status) ?? false))
    const unchanged = answer.status === 304 && call.options.etag !== undefined
    return { answer, failure: expected || unchanged ? null : explain(answer, front, secrets) }
  }

  /** With the account's credential, renewed once when the server refuses it. */
  const authorised = async (call: Call) => {
    if (call.options.anonymous || call.options.client) return ask(call, null)
    const credential = await credentials.current()
    const first = await ask(call, credential)
    if (first.answer.status !== 401 || first.failure === null) return first
    // Another's 401 says nothing about the credential, so that renewing it would be in vain.
    if (first.failure.code === 'intermediary-answered') return first
    const newer = await credentials.renew(credential, first.failure)
    return doubted(call, newer === null ? first : await ask(call, newer))
  }

  /** A refusal that stays one when it is asked for again after pauses, or what came instead. */
  const doubted = async (call: Call, refused: Awaited<ReturnType<typeof ask>>) => {
    let met = refused
    for (const pauseMs of call.method === 'GET' ? doubtsMs : []) {
      if (met.answer.status !== 401 || met.failure === null) break
      await wait(pauseMs, call.options.signal)
      met = await ask(call, await credentials.current())
    }
    return met
  }

  /** To where the server says the resource is now, on the same origin and for reading only. */
  const followed = async (call: Call, redirects = 0): Promise<Answer> => {
    const { answer, failure } = await authorised(call)
    if (failure === null) return answer
    const target = failure.code === 'moved' ? locationOf(answer) : null
    if (target === null) throw failure
    const follow = call.method === 'GET' && answer.status !== 303 && redirects < maxRedirects
    const url = new URL(own(target.href))
    if (follow && url.origin === home.origin) return followed({ ...call, url: pin(url.href) }, redirects + 1)
    throw new Failure('moved', { ...failure.facts, to: saidName(target.origin + target.pathname, 300) })
  }

  const patient = async (call: Call, tries = 1): Promise<Answer> => {
    try {
      return await followed(call)
    } catch (error) {
      const delay = isIdempotent(call.method) && tries < maxTries ? retryDelay(error, tries, now()) : null
      if (delay === null) throw error
      await wait(delay, call.options.signal)
      return patient(call, tries + 1)
    }
  }

  const request = async (method: Method, path: string, body: unknown, options: RequestOptions = {}) => {
    const call = { method, url: pin(path), body, options }
    // One signal may stop a hundred pages that still wait; that is no leak.
    if (options.signal) setMaxListeners(0, options.signal)
    return gate(options.etag !== undefined, options.signal, () => patient(call))
  }

  return {
    host,
    kind,
    get: (path, options) => request('GET', path, undefined, options),
    send: request,
  }
}
