import { type Intermediary, intermediaryOf, isWebPage } from '../network/intermediary'
import type { Answer } from './answer'
import { messageOf } from './explain-status'
import type { Recognise } from './provider'

/** What tells a provider's own refusal from one of something in front of it. */
type Own = Partial<Pick<Recognise, 'realm' | 'refusal'>>

/** Challenges of RFC 6750, and of interfaces that name their scheme after the token. */
const bearer = /^\s*(bearer|token|oauth)\b/i

/** The token itself is refused (RFC 6750 section 3.1), whatever the body is. */
const refusesToken = /^\s*bearer\b.*\berror\s*=\s*"?invalid_token\b/i

/**
 * Whether a 401 is the provider's own word about the credential (RFC 9110 section 15.5.2): by its challenge; by the shape of
 * its error; or because it says nothing at all, not even how to log in. A page or another realm comes from an intermediary.
 */
export const isOwnRefusal = (answer: Answer, { realm, refusal = saysWhy }: Own = {}): boolean => {
  // An API sends no pages, and the realm of an intermediary may be named after the host.
  if (isWebPage(answer)) return false
  const challenge = answer.headers['www-authenticate'] ?? ''
  if (refusesToken.test(challenge) || (challenge !== '' && realm?.test(challenge))) return true
  const isData = typeof answer.body === 'object' && answer.body !== null
  return isData ? refusal(answer.body) && (challenge === '' || bearer.test(challenge)) : challenge === ''
}

const saysWhy = (body: unknown): boolean => messageOf(body) !== null

/** What stands in front of the provider and gave this answer, or null when it is the provider's own. */
export const foreignAnswer = (answer: Answer, own: Own = {}): Intermediary | null => {
  const front = intermediaryOf(answer)
  if (answer.status !== 401) return front
  if (front !== null && !isWebPage(answer)) return front
  if (isOwnRefusal(answer, own)) return null
  return front ?? { who: null, why: 'login', page: null }
}
