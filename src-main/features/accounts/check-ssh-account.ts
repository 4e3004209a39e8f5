import type { Failure, FailureCode } from '../../../src-preload/contract/outcome'
import type { AccountChange } from './account-book'
import type { AccountRecord } from './account-record'
import { asData, asFailure, familyOf } from './failure-families'

/** The network or the host, never the key. */
const away: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'unreachable',
  'host-not-found',
  'timed-out',
  'connection-closed',
  'rate-limited',
  'server-error',
])

/** They concern one repository, which need not be the account's only one. */
const ofRepository: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'not-found',
  'access-denied',
  'access-restricted',
  'moved',
  'clone-refused',
  'repository-empty',
  'branch-missing',
  'address-refused',
  'bad-answer',
])

/** They concern this computer, or nothing at all. */
const ofThisComputer: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'cancelled',
  'disk-full',
  'folder-not-empty',
  'storage-failed',
  'git-missing',
  'invalid-input',
])

/**
 * Asks the host with the account's key: the one question that decides an SSH account's state. An empty repository is read
 * like any other.
 * @returns what changes about the account; null when the answer says nothing about it
 */
export const checkSshAccount = async (
  record: AccountRecord,
  check: (record: AccountRecord) => Promise<void>,
  { now, retryAt }: { readonly now: () => number; readonly retryAt: () => number },
): Promise<{ readonly change: AccountChange | null; readonly failure: Failure | null }> => {
  try {
    await check(record)
  } catch (error) {
    const failure = asFailure(error)
    if (failure.code !== 'repository-empty') return { change: sshChangeBy(failure, now(), retryAt), failure }
  }
  return { change: sshWorks(now()), failure: null }
}

/** What a login that worked says about the account. */
export const sshWorks = (now: number) =>
  ({ state: 'connected', reason: null, checkedAt: now, nextCheckAt: null }) satisfies AccountChange

/** What a failed check says about the account, or null when it says nothing. */
export const sshChangeBy = (failure: Failure, now: number, retryAt: () => number): AccountChange | null => {
  if (familyOf(failure) === 'waits' || failure.code === 'cancelled') return null
  const reason = asData(failure)
  return away.has(failure.code)
    ? { state: 'unreachable', reason, nextCheckAt: retryAt() }
    : { state: 'needs-attention', reason, checkedAt: now, nextCheckAt: null }
}

/** What a failed clone says about the account; null when it is about one repository or about this computer. */
export const sshChangeByClone = (failure: Failure, now: number, retryAt: () => number): AccountChange | null =>
  ofRepository.has(failure.code) || ofThisComputer.has(failure.code) ? null : sshChangeBy(failure, now, retryAt)

/** Whether it is the host that did not answer. */
export const isAway = ({ code }: Pick<Failure, 'code'>): boolean => away.has(code)
