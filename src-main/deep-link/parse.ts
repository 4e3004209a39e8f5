import { type CallbackAnswer, longestAnswer, type MalformedReason, parseCallbackQuery } from '../oauth/callback-answer'
import { callbackAddress, selfTestAddress } from './address'

/** Every link that the app knows. A link can answer a question of ours and nothing else: none starts an action. */
export type DeepLink =
  | { readonly kind: 'oauth-callback'; readonly answer: CallbackAnswer }
  | { readonly kind: 'self-test'; readonly nonce: string }
  | { readonly kind: 'unknown'; readonly reason: MalformedReason | 'not-ours' | 'several-links' }

const unknown = (reason: (DeepLink & { kind: 'unknown' })['reason']): DeepLink => ({ kind: 'unknown', reason })

const selfTestStart = selfTestAddress('')

/**
 * Reads a link from outside. Pure, and total: never throws, whatever the text.
 * The scheme's case does not matter (RFC 3986 section 3.1), everything after it is compared exactly.
 */
export const parseDeepLink = (text: string): DeepLink => {
  if (text.length > longestAnswer) return unknown('too-long')
  if (/[\x00-\x1f\x7f]/.test(text)) return unknown('control-character')
  const colon = text.indexOf(':')
  const link = text.slice(0, colon).toLowerCase() + text.slice(colon)
  if (link.startsWith(selfTestStart)) {
    const nonce = link.slice(selfTestStart.length)
    return /^[\w-]{16,128}$/.test(nonce) ? { kind: 'self-test', nonce } : unknown('malformed-parameter')
  }
  if (link === callbackAddress) return unknown('missing-parameter')
  if (!link.startsWith(`${callbackAddress}?`)) return unknown('not-ours')
  const query = link.slice(callbackAddress.length + 1)
  if (query.includes('#')) return unknown('malformed-parameter')
  const answer = parseCallbackQuery(query)
  return typeof answer === 'string' ? unknown(answer) : { kind: 'oauth-callback', answer }
}
