import { Failure, type FailureData } from '../../../src-preload/contract/outcome'
import type { ProviderClient, Viewer } from '../../providers/provider'
import type { AccountChange } from './account-book'
import type { AccountRecord } from './account-record'
import { asData, asFailure, endState, familyOf, toldByEnd, untilOf } from './failure-families'

/**
 * Asks the provider who the credential belongs to and what it may: the one question that decides an account's state.
 * @param renew renews the token first, or null to leave it
 * @returns what changes about the account; null when the answer says nothing about it (a vault that is locked, a cancelled call)
 */
export const checkAccount = async (
  record: AccountRecord,
  client: ProviderClient,
  { renew, now, retryAt }: CheckParts,
): Promise<{ readonly change: AccountChange | null; readonly failure: Failure | null }> => {
  try {
    const trouble = renew === null ? null : await renewFirst(renew)
    const viewer = await client.viewer()
    if (record.viewerId !== '' && viewer.id !== record.viewerId) {
      throw new Failure('different-person', { host: record.host, login: viewer.login })
    }
    const attention = viewer.attention ?? trouble
    return { change: seenAs(viewer, record, attention === null ? null : asData(attention), now()), failure: trouble }
  } catch (error) {
    const failure = toldByEnd(asFailure(error), record.expiresAt, now())
    return { change: changeBy(failure, now(), retryAt), failure }
  }
}

export interface CheckParts {
  readonly renew: (() => Promise<unknown>) | null
  readonly now: () => number
  /** Unix ms of the next try when this one met a network that is down. */
  readonly retryAt: () => number
}

/** A renewal refused because of the OAuth app's registration leaves the present token in use, with a reason to show. */
const renewFirst = async (renew: () => Promise<unknown>): Promise<Failure | null> => {
  try {
    await renew()
    return null
  } catch (error) {
    const failure = asFailure(error)
    if (familyOf(failure) === 'asks') return failure
    throw failure
  }
}

/** What a successful call says about the account. */
export const seenAs = (
  viewer: Viewer,
  record: Pick<AccountRecord, 'kind' | 'expiresAt' | 'scopes'>,
  attention: FailureData | null,
  now: number,
) =>
  ({
    viewerId: viewer.id,
    login: viewer.login,
    name: viewer.name,
    state: attention === null ? 'connected' : 'needs-attention',
    reason: attention,
    // Where the provider does not say, an OAuth token has the scopes that it was given.
    scopes: viewer.scopes ?? (record.kind === 'oauth' ? record.scopes : null),
    access: viewer.access,
    expiresAt: record.kind === 'token' ? viewer.expiresAt : record.expiresAt,
    checkedAt: now,
    nextCheckAt: null,
  }) satisfies AccountChange

/** What a failed call says about the account, or null when it says nothing. */
export const changeBy = (failure: Failure, now: number, retryAt: () => number): AccountChange | null => {
  const reason = asData(failure)
  switch (familyOf(failure)) {
    case 'ends':
      return { state: endState(failure), reason, checkedAt: now, nextCheckAt: null }
    case 'asks':
      return { state: 'needs-attention', reason, checkedAt: now, nextCheckAt: null }
    case 'waits':
      return null
    case 'passes':
      return { state: 'unreachable', reason, nextCheckAt: Math.max(retryAt(), untilOf(failure) ?? 0) }
    case 'nothing':
      // A provider that answers "who am I" with nonsense is as good as not there.
      return failure.code === 'cancelled' ? null : { state: 'unreachable', reason, nextCheckAt: retryAt() }
  }
}
