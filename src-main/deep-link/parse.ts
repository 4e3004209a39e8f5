import {
  type CallbackAnswer,
  longestAddress,
  type MalformedReason,
  parseCallbackQuery,
  queryOf,
} from '../oauth/callback-answer'
import { addressOf } from '../oauth/callbacks'
import { isDeepLinkCallback, repositoryLink, scheme, selfTestAddress } from './address'

/** Answers a sign-in, or looks as if it meant to. */
export type SignInLink =
  | {
      readonly kind: 'oauth-callback'
      /** Where it came to, without its query. */
      readonly address: string
      readonly answer: CallbackAnswer
    }
  | { readonly kind: 'unknown'; readonly reason: MalformedReason | 'not-ours' | 'several-links' }

/** Asks for something. Anybody can write such a link, so it does nothing before a person says yes. */
export interface RequestLink {
  readonly kind: 'request'
  /** What can be shown of it: without its query, which may hold anything. */
  readonly text: string
  /** The clone address that it names, unchecked. */
  readonly repository: string | null
}

/** Every link that the app knows. None starts an action by itself: it answers a question of ours, or asks one. */
export type DeepLink = SignInLink | RequestLink | { readonly kind: 'self-test'; readonly nonce: string }

/** Whether signing in is what a link is about. */
export const isSignInLink = (link: DeepLink): link is SignInLink =>
  link.kind === 'oauth-callback' || link.kind === 'unknown'

const unknown = (reason: (SignInLink & { kind: 'unknown' })['reason']): SignInLink => ({ kind: 'unknown', reason })

/** Whether a text is about signing in, however wrong: what it holds may be a code, and is shown nowhere. */
const aboutSignIn = (link: string): boolean => /^[^?#]*(oauth|callback)|[?&#](state|code)=/i.test(link)

/** Longest part of a link that is worth showing. */
const shown = 200

const request = (link: string): RequestLink => {
  const [text = ''] = link.split(/[?#]/)
  const [url = null, ...others] = link.startsWith(repositoryLink)
    ? new URLSearchParams(link.slice(repositoryLink.length)).getAll('url')
    : []
  return { kind: 'request', text: text.slice(0, shown), repository: others.length > 0 ? null : url }
}

const control = /[\x00-\x1f\x7f]/

const selfTestStart = selfTestAddress('')

/**
 * Reads a link from outside. Pure, and total: never throws, whatever the text.
 * The scheme's case does not matter (RFC 3986 section 3.1), everything after it is compared exactly.
 */
export const parseDeepLink = (text: string): DeepLink => {
  if (text.length > longestAddress) return unknown('too-long')
  const colon = text.indexOf(':')
  const link = text.slice(0, colon).toLowerCase() + text.slice(colon)
  const address = addressOf(link)
  const isCallback = isDeepLinkCallback(address)
  // What a callback carries beside its answer is not looked at.
  if (!isCallback && control.test(text)) return unknown('control-character')
  if (link.startsWith(selfTestStart)) {
    const nonce = link.slice(selfTestStart.length)
    return /^[\w-]{16,128}$/.test(nonce) ? { kind: 'self-test', nonce } : unknown('malformed-parameter')
  }
  if (!isCallback) return link.startsWith(`${scheme}://`) && !aboutSignIn(link) ? request(link) : unknown('not-ours')
  const answer = parseCallbackQuery(queryOf(link))
  return typeof answer === 'string' ? unknown(answer) : { kind: 'oauth-callback', address, answer }
}
