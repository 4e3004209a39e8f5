import { Failure, type FailureCode, type FailureData } from '../../../src-preload/contract/outcome'
import type { AccountRecord } from './account-record'

/** The credential is over: no automatic step brings it back. */
const ends: ReadonlySet<FailureCode> = new Set<FailureCode>(['auth-expired', 'auth-revoked'])

/** The secret can't be read at the moment; the account itself is as it was. */
const waits: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'keychain-unavailable',
  'keychain-locked',
  'vault-locked',
  'vault-damaged',
])

/** It works, but not for everything, or something beside the credential has to be put right. */
const asks: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'scope-missing',
  'sso-required',
  'access-restricted',
  'repos-hidden',
  'client-id-missing',
  'client-rejected',
  'different-person',
  'storage-failed',
])

/** The network or the host, never the credential. */
const passes: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'unreachable',
  'host-not-found',
  'timed-out',
  'rate-limited',
  'server-error',
  'bad-answer',
  'certificate-untrusted',
  'proxy-login',
  'not-a-forge',
  'intermediary-answered',
])

/** What a failure means for the account that met it. `nothing`: it concerns one repository or one request. */
export type FailureFamily = 'ends' | 'waits' | 'asks' | 'passes' | 'nothing'

export const familyOf = (failure: FailureData): FailureFamily =>
  ends.has(failure.code)
    ? 'ends'
    : waits.has(failure.code)
      ? 'waits'
      : asks.has(failure.code)
        ? 'asks'
        : passes.has(failure.code)
          ? 'passes'
          : 'nothing'

/** The state of an account whose credential ended. */
export const endState = (failure: FailureData): AccountRecord['state'] =>
  failure.code === 'auth-revoked' ? 'revoked' : 'expired'

/** Providers refuse an expired credential and a revoked one alike: what is known of its end tells them apart. */
export const toldByEnd = (failure: Failure, expiresAt: number | null, now: number): Failure => {
  // Something else ended it, or its end is not known, or by a clock that is wrong.
  const { reason, cause, clockSkew } = failure.facts
  if (failure.code !== 'auth-expired' || expiresAt === null) return failure
  if (reason !== undefined || cause !== undefined || clockSkew !== undefined) return failure
  return expiresAt > now
    ? new Failure('auth-revoked', failure.facts, { cause: failure })
    : new Failure('auth-expired', { ...failure.facts, expiredAt: String(expiresAt) }, { cause: failure })
}

/** Whether the credential ended: the provider refused it, or its secret is not in the vault. */
export const hasEnded = ({ state }: Pick<AccountRecord, 'state'>): boolean => state === 'expired' || state === 'revoked'

/** Whether the provider refused it, so that asking again is no use. A secret that is missing may be there at the next look. */
export const isRefused = (record: Pick<AccountRecord, 'state' | 'reason'>): boolean =>
  hasEnded(record) && record.reason?.facts?.cause === undefined

/**
 * Whether the provider refused the credential at a call (401) and not at its renewal. Such a refusal can pass: an outage of
 * the provider's login looks the same.
 */
export const isRefusedCall = ({ code, facts }: FailureData | Failure): boolean =>
  ends.has(code) && facts.status === '401'

/** Whether an account whose credential ended is looked at again by itself. */
export const mayRecover = (record: Pick<AccountRecord, 'state' | 'reason'>): boolean =>
  hasEnded(record) && record.reason !== null && isRefusedCall(record.reason)

/** Whether its credential ended and is not asked about again: only signing in helps. */
export const isOver = (record: Pick<AccountRecord, 'state' | 'reason'>): boolean =>
  isRefused(record) && !mayRecover(record)

/** What the provider answered when it refused the account's credential. */
export const refusalOf = ({ state, reason }: Pick<AccountRecord, 'state' | 'reason'>): Failure =>
  new Failure(state === 'revoked' ? 'auth-revoked' : 'auth-expired', reason?.facts)

/** Anything thrown, as a failure. What is not a `Failure` is a defect and told as such. */
export const asFailure = (error: unknown): Failure =>
  error instanceof Failure ? error : new Failure('unexpected', {}, { cause: error })

/** The end of a credential by its better known reason: `revoked` where the provider said that at a call. */
export const asTold = (failure: Failure, revoked: boolean): Failure =>
  revoked && failure.code === 'auth-expired' && failure.facts.reason === undefined
    ? new Failure('auth-revoked', failure.facts)
    : failure

/** A failure as plain data, for the record. */
export const asData = ({ code, facts }: FailureData | Failure): FailureData => ({ code, facts: { ...facts } })

/** Unix ms in `facts.until`; null when it says nothing. */
export const untilOf = ({ facts }: FailureData): number | null => {
  const until = Number(facts.until ?? Number.NaN)
  return Number.isFinite(until) ? until : null
}
