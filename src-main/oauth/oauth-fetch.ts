import type { CustomFetchOptions } from 'oauth4webapi'
import { Failure } from '../../src-preload/contract/outcome'
import { intermediaryFailure, intermediaryOf } from '../network/intermediary'
import type { TokenCall } from './token-call'

/** The answer of a token endpoint is small; anything larger is not one. In bytes. */
const largestAnswer = 256 * 1024

/**
 * The app's own way out as oauth4webapi's. Answers that are no OAuth answers become failures here, so that the library
 * sees only what RFC 6749 section 5 describes: a JSON object with status 200, or one with `error` and status 400.
 * @throws Failure `rate-limited`, `intermediary-answered`, `server-error`, `moved`, `not-found`, `bad-answer`, and those of `Fetch`
 */
export const createOAuthFetch =
  ({ fetch, offer, now, signal }: TokenCall) =>
  async (
    address: string,
    { method, headers, body }: CustomFetchOptions<'POST', URLSearchParams>,
  ): Promise<Response> => {
    const answer = await fetch(address, {
      method,
      // The library's own user agent goes, so that the app's is sent.
      // An answer that is not compressed is here with its last byte, not after a thread has unpacked it.
      headers: {
        ...Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'user-agent')),
        'accept-encoding': 'identity',
      },
      body: body.toString(),
      maxBytes: largestAnswer,
      ...(signal && { signal }),
    })
    const { status } = answer
    const text = await answer.text()
    const json = toObject(text)
    const refused = typeof json?.error === 'string' && json.error !== ''
    const facts = { host: new URL(address).host, status: String(status) }
    if (status === 429 && json?.error !== 'slow_down')
      throw new Failure('rate-limited', { ...facts, ...untilOf(answer, now()) })
    const seen = { status, url: address, headers: Object.fromEntries(answer.headers), body: json ?? text }
    const front = refused ? null : intermediaryOf(seen)
    if (front !== null) throw intermediaryFailure(front, seen)
    if (status >= 500) throw new Failure('server-error', facts)
    if (json && refused && (status >= 400 || (status === 200 && offer.errorsWithStatus200)))
      return toResponse(json, 400)
    if (status >= 300 && status < 400) throw new Failure('moved', facts)
    if (status === 404) throw new Failure('not-found', facts)
    if (status !== 200 || !json) throw new Failure('bad-answer', facts)
    return toResponse(json, 200)
  }

const toObject = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

/**
 * The headers are left behind: with a `WWW-Authenticate` the library would report the challenge instead of the error.
 * Members that are null or empty mean "absent" at several servers. An ID token is never asked for and never used.
 */
const toResponse = (json: Readonly<Record<string, unknown>>, status: 200 | 400): Response => {
  const members = Object.entries(json).filter(([name, value]) => value !== null && value !== '' && name !== 'id_token')
  const headers = { 'content-type': 'application/json' }
  return new Response(JSON.stringify(Object.fromEntries(members)), { status, headers })
}

/** RFC 9110 section 10.2.3: seconds or a date. The fact is a time in Unix ms. */
const untilOf = (answer: Response, now: number): { readonly until?: string } => {
  const value = answer.headers.get('retry-after')
  if (value === null) return {}
  const time = /^\d{1,6}$/.test(value) ? now + Number(value) * 1000 : Date.parse(value)
  return Number.isNaN(time) ? {} : { until: String(time) }
}
