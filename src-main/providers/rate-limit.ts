import type { Answer } from './answer'

const second = 1_000
/** GitHub asks for at least a minute when it does not say more; nobody asks for less. */
const unsaid = 60 * second
/** Longer than any provider's window; a header that says more is wrong. */
const longest = 24 * 3_600 * second

/** Ms to wait by `Retry-After` (RFC 9110 section 10.2.3): seconds or a date. */
const retryAfter = (headers: Answer['headers'], serverNow: number): number | null => {
  const value = headers['retry-after']
  if (value === undefined) return null
  const wait = /^\d+$/.test(value) ? Number(value) * second : Date.parse(value) - serverNow
  return Number.isNaN(wait) ? null : wait
}

/** Ms to wait by the reset headers: seconds since 1970 at GitHub and GitLab, seconds from now in the IETF draft. */
const reset = (headers: Answer['headers'], serverNow: number): number | null => {
  const value = Number(headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'] ?? Number.NaN)
  if (Number.isNaN(value)) return null
  return value > 1e9 ? value * second - serverNow : value * second
}

/**
 * Unix ms (by our clock, whatever the server's says) until which a server asks to be left alone, or null when an answer
 * speaks of no limit. `limited`: the provider knows from the answer's text that it is about a limit.
 */
export const limitedUntil = (answer: Answer, now: number, limited = false): number | null => {
  const { status, headers } = answer
  const serverDate = Date.parse(headers.date ?? '')
  const serverNow = Number.isNaN(serverDate) ? now : serverDate
  const after = retryAfter(headers, serverNow)
  const spent = (headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining']) === '0'
  const isLimit = limited || status === 429 || (status === 403 && (spent || after !== null))
  if (!isLimit && !(status === 503 && after !== null)) return null
  const wait = after ?? (spent || status === 429 ? reset(headers, serverNow) : null) ?? unsaid
  return now + Math.min(Math.max(wait, second), longest)
}
