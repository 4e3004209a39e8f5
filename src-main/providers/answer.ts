import { Failure } from '../../src-preload/contract/outcome'
import { ownTurn } from '../turn'

/** A parsed answer. `body` is JSON where the answer said so, else text; null when there was none. Header names are lower-case. */
export interface Answer {
  readonly status: number
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Characters from which on reading JSON takes milliseconds. */
const large = 20_000

const isJson = (type: string): boolean => /^(application|text)\/([\w.+-]+\+)?json\b/i.test(type)

/** Strings, which stay as they are, and numbers (RFC 8259 sections 6 and 7). */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs

/**
 * Reads JSON, whole numbers beyond 2^53 as text: `JSON.parse` would round two of them to the same. It is read as it is
 * first, because in what is no JSON a search for where strings end could take minutes.
 */
const readJson = (json: string): unknown => {
  const value: unknown = JSON.parse(json)
  if (!/\d{16}/.test(json)) return value
  const exact = (part: string): string =>
    /^-?\d{16,}$/.test(part) && !Number.isSafeInteger(Number(part)) ? `"${part}"` : part
  return JSON.parse(json.replace(token, exact))
}

const parse = (text: string, succeeded: boolean, host: string): unknown => {
  try {
    return readJson(text)
  } catch (cause) {
    // Gateways label their error pages as JSON at times; what matters then is the status.
    if (!succeeded) return text
    const truncated = cause instanceof Error && /unexpected end|unterminated/i.test(cause.message)
    throw new Failure('bad-answer', { host, why: truncated ? 'truncated' : 'not-json' }, { cause })
  }
}

/** Reads a response. Fails with `bad-answer` when a success says that it is JSON and is not. */
export const toAnswer = async (response: Response, url: URL): Promise<Answer> => {
  const headers = Object.fromEntries(response.headers)
  const text = await response.text()
  const json = text !== '' && isJson(headers['content-type'] ?? '')
  if (json && text.length > large) await ownTurn()
  const body = json ? parse(text, response.ok, url.host) : text === '' ? null : text
  return { status: response.status, url: url.href, headers, body }
}
