import { createHash } from 'node:crypto'
import { Failure, type FailureCode } from '../../../src-preload/contract/outcome'
import type { OAuthCredential } from '../../credentials/credential'
import type { Secret } from '../../credentials/secret'
import type { Renewal } from './accounts-document'
import { asFailure, familyOf } from './failure-families'

/** Failures of a token request that the server answered without using the refresh token, or that never reached it. */
const unspent: ReadonlySet<FailureCode> = new Set([
  'rate-limited',
  'client-rejected',
  'client-id-missing',
  'host-not-found',
  'certificate-untrusted',
  'proxy-login',
  'intermediary-answered',
  'address-refused',
])

/** Whether the refresh token is as good as before this failure; after any other its answer may have been lost. */
const leavesTokenUnspent = ({ code }: Failure): boolean => unspent.has(code)

/**
 * A refresh token that is refused after an earlier request with it went unanswered: most likely that request had used it
 * up. Nobody took the access away, and saying so would send the person looking for somebody who did.
 */
const answerLost = ({ facts }: Failure): Failure => new Failure('auth-expired', { ...facts, reason: 'answer-lost' })

type Renewable = OAuthCredential & { readonly refreshToken: Secret }

const hashOf = (secret: Secret): string => createHash('sha256').update(secret.reveal()).digest('hex')

/** Token requests of one account, each under a mark that says until its answer is durable that the refresh token may be spent. */
export const markedRequests = (parts: {
  readonly now: () => number
  /** The write-ahead mark of a renewal that did not come to its end, or null. */
  readonly unfinished: () => Renewal | null
  /** Durable when resolved. */
  readonly mark: (renewal: Renewal | null) => Promise<void>
  readonly refresh: (credential: OAuthCredential) => Promise<OAuthCredential>
}) => {
  /** The mark of a renewal with this very token whose answer never came. */
  const unfinishedOf = ({ refreshToken }: Renewable): Renewal | null => {
    const renewal = parts.unfinished()
    return renewal?.oldRefreshHash === hashOf(refreshToken) ? renewal : null
  }
  const ask = async (credential: Renewable): Promise<OAuthCredential> => {
    const before = unfinishedOf(credential)
    await parts.mark({
      oldRefreshHash: hashOf(credential.refreshToken),
      startedAt: before?.startedAt ?? parts.now(),
    })
    try {
      return await parts.refresh(credential)
    } catch (error) {
      const failure = asFailure(error)
      // A mark too many costs a word in a later failure, no more.
      if (leavesTokenUnspent(failure)) await parts.mark(before).catch(() => undefined)
      throw before !== null && familyOf(failure) === 'ends' ? answerLost(failure) : failure
    }
  }
  return { unfinishedOf, ask }
}
