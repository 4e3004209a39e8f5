import { array, boolean, type InferOutput, nullable, number, object, optional, picklist, string } from 'valibot'
import { FailureData } from '../outcome'

/** The roads by which a redirect's answer can return, in the order in which they are tried. */
export const returnRoads = ['deep-link', 'loopback', 'paste'] as const
export type ReturnRoad = (typeof returnRoads)[number]

/** A sign-in under way, or how it ended. State, verifier, code and tokens stay in main. */
export const SignIn = object({
  id: string(),
  provider: string(),
  host: string(),
  way: picklist(['redirect', 'device', 'token', 'ssh']),
  /** Set when an existing account is being reconnected. */
  reconnects: nullable(string()),
  /** It asks for what deploys need, beyond reading. */
  deploys: boolean(),
  phase: picklist(['waiting', 'exchanging', 'checking', 'different-person', 'connected', 'failed', 'cancelled']),
  /** How the answer is expected back (redirect only). */
  road: nullable(picklist(returnRoads)),
  otherRoads: array(picklist(returnRoads)),
  /** Scheme, host and path of the page that was opened; its query stays in main. */
  opens: nullable(string()),
  /** Device flow: the code to type (RFC 8628 section 3.3), and where. */
  userCode: nullable(string()),
  verificationUri: nullable(string()),
  canUseDevice: boolean(),
  canUseToken: boolean(),
  /** Unix ms after which it is over. */
  expiresAt: nullable(number()),
  failure: nullable(FailureData),
  /** The account that came of it; for `different-person` the login that was met. */
  accountId: nullable(string()),
  login: nullable(string()),
  repositoryCount: nullable(number()),
  /** The end of the token that was found in what was pasted, e.g. `ghp_…90Ab`; absent where it was all of it. */
  tokenFound: optional(string()),
})
export type SignIn = InferOutput<typeof SignIn>
