import { Failure, type FailureCode } from '../../../src-preload/contract/outcome'

/** Failures of a token request that the server answered without using the refresh token, or that never reached it. */
const unspent: ReadonlySet<FailureCode> = new Set([
  'rate-limited',
  'client-rejected',
  'client-id-missing',
  'host-not-found',
  'certificate-untrusted',
  'proxy-login',
  'address-refused',
])

/** Whether the refresh token is as good as before this failure; after any other its answer may have been lost. */
export const leavesTokenUnspent = ({ code }: Failure): boolean => unspent.has(code)

/**
 * A refresh token that is refused after an earlier request with it went unanswered: most likely that request had used it
 * up. Nobody took the access away, and saying so would send the person looking for somebody who did.
 */
export const answerLost = ({ facts }: Failure): Failure =>
  new Failure('auth-expired', { ...facts, reason: 'answer-lost' })
