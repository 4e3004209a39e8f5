import type { AccountBook } from './account-book'
import type { AccountRecord } from './account-record'
import type { AccountsParts } from './accounts-parts'
import { backoff, recoveryPause } from './backoff'
import { changeBy, checkAccount } from './check-account'
import { checkSshAccount, isAway, sshChangeByClone, sshWorks } from './check-ssh-account'
import { asData, asFailure, familyOf, hasEnded, isOver, isRefusedCall, mayRecover, refusalOf } from './failure-families'
import type { LiveAccounts } from './live-accounts'

const minute = 60_000
/** An account that works is looked at this often. */
const routine = 6 * 60 * minute
/** After sleep or a change of the clock, anything older is looked at again. */
const stale = 10 * minute
/** An OAuth app that was refused is not asked again before. */
const refusedPause = 15 * minute
/** Accounts that are checked at the same time. */
const abreast = 4

/** Decides when accounts are checked and keeps their states. */
export interface AccountChecks {
  /** Resolves when the account's state is known; joins a check that is under way and does as much. */
  check(id: string, options?: CheckOptions): Promise<void>
  checkMany(ids: readonly string[], options?: CheckOptions): Promise<void>
  /** Unix ms of the next thing to do, or null. */
  due(): number | null
  runDue(): Promise<void>
  /** Accounts to look at after sleep, a change of the clock, a network or a vault that came back. */
  afterPause(): readonly string[]
  /** What a call by another feature met. */
  met(id: string, outcome: { readonly ok: true } | { readonly ok: false; readonly error: unknown }): void
}

export interface CheckOptions {
  /** Renews the token first, if it can be renewed. */
  readonly renew?: boolean
  /** A person asked: earlier failures don't count, and an account that was given up is tried again. */
  readonly asked?: boolean
}

/**
 * @param idle called when a check has ended, because then something else may be due
 * @param recovered called when an account works again
 */
export const createAccountChecks = (
  parts: AccountsParts,
  book: AccountBook,
  live: LiveAccounts,
  idle: () => void,
  recovered: (id: string) => void,
): AccountChecks => {
  const { clock, log } = parts
  const now = () => clock.now()
  const running = new Map<string, { readonly options: CheckOptions; readonly ended: Promise<void> }>()
  const failures = new Map<string, number>()
  const restUntil = new Map<string, number>()
  const forgivenAt = new Map<string, number>()

  const checkable = (record: AccountRecord) => record.kind === 'ssh' || parts.providers.get(record.provider)

  const write = async (id: string, change: Parameters<AccountBook['change']>[1]) => {
    try {
      await book.change(id, change)
    } catch (error) {
      log.warn('The state of an account could not be written', { error })
    }
  }

  const runSsh = async (record: AccountRecord, { asked = false }: CheckOptions): Promise<void> => {
    const { id } = record
    if (asked && record.state !== 'connected') book.setPassing(id, { state: 'checking', reason: null })
    const pause = backoff(failures.get(id) ?? 0)
    const retryAt = () => now() + pause
    const { change, failure } = await checkSshAccount(record, parts.checkSsh, { now, retryAt })
    const waits = failure !== null && familyOf(failure) === 'waits'
    book.setPassing(id, waits ? { state: 'waiting', reason: asData(failure) } : null)
    if (failure === null) failures.delete(id)
    else failures.set(id, (failures.get(id) ?? 0) + 1)
    restUntil.set(id, failure === null ? 0 : (change?.nextCheckAt ?? retryAt()))
    if (failure?.code === 'unexpected') log.error('A check ended unexpectedly', { error: failure.cause })
    if (change !== null) await write(id, change)
  }

  const metSsh = (record: AccountRecord, outcome: Parameters<AccountChecks['met']>[1]) => {
    const { id } = record
    if (outcome.ok) {
      if (record.state !== 'connected') void write(id, sshWorks(now()))
      return
    }
    const failure = asFailure(outcome.error)
    // One slow clone is no proof that the host is away.
    if (isAway(failure)) {
      if (record.state !== 'unreachable') void check(id)
      return
    }
    const change = sshChangeByClone(failure, now(), now)
    if (change !== null) void write(id, change)
  }

  const run = async (id: string, options: CheckOptions): Promise<void> => {
    const record = book.find(id)
    if (record === null || !checkable(record)) return
    if (record.kind === 'ssh') return runSsh(record, options)
    const { renew = false, asked = false } = options
    const { holder, checking } = live.of(id)
    const ended = hasEnded(record)
    const wasAway = record.state === 'unreachable' || ended || book.passing(id) !== null
    if (asked || ended) holder.retry()
    if (asked) {
      if (ended || record.state === 'unreachable') book.setPassing(id, { state: 'checking', reason: null })
    }
    const met = failures.get(id) ?? 0
    const pause = ended ? recoveryPause(met) : backoff(met)
    const { change, failure } = await checkAccount(record, checking, {
      renew: renew ? () => holder.renewNow() : null,
      now,
      retryAt: () => now() + pause,
    })
    if (book.passing(id)?.state === 'checking') book.setPassing(id, null)
    if (failure === null) failures.delete(id)
    else failures.set(id, (failures.get(id) ?? 0) + 1)
    // Also when the record can't be written, no try follows the last one at once.
    restUntil.set(id, failure === null ? 0 : (change?.nextCheckAt ?? now() + pause))
    if (failure?.code === 'unexpected') log.error('A check ended unexpectedly', { error: failure.cause })
    if (failure !== null && familyOf(failure) === 'ends') holder.end(failure)
    // A network that is down says nothing new about a credential that was refused.
    if (ended && !asked && change?.state === 'unreachable') return holder.end(refusalOf(record))
    if (change === null) return
    const later = renew && failure !== null && familyOf(failure) === 'asks' ? { renewsAt: now() + refusedPause } : {}
    await write(id, { ...change, ...later })
    if (wasAway && (failure === null || change.state === 'needs-attention')) recovered(id)
  }

  const check = (id: string, options: CheckOptions = {}): Promise<void> => {
    const before = running.get(id)
    // A renewal that was asked for is not answered by a check that renews nothing: it follows, once for everybody who asks.
    if (before !== undefined && covers(before.options, options)) return before.ended
    const started = (before?.ended ?? Promise.resolve()).then(() => run(id, options))
    const ended = started
      .catch((error: unknown) => log.error('A check ended unexpectedly', { error }))
      .finally(() => {
        if (running.get(id)?.ended === ended) running.delete(id)
        idle()
      })
    running.set(id, { options, ended })
    return ended
  }

  /** A refusal at a call has not come true: what failed by it is done again, though not over and over. */
  const forgive = (id: string): void => {
    if (book.find(id)?.state !== 'connected' || now() - (forgivenAt.get(id) ?? Number.NEGATIVE_INFINITY) < stale) return
    forgivenAt.set(id, now())
    recovered(id)
  }

  const dueOf = (record: AccountRecord): number | null => {
    if (!checkable(record) || running.has(record.id)) return null
    if (book.passing(record.id)?.state === 'waiting') return null
    if (hasEnded(record)) return mayRecover(record) ? (restUntil.get(record.id) ?? now()) : null
    const usual = Math.min((record.checkedAt ?? 0) + routine, record.renewsAt ?? Number.POSITIVE_INFINITY)
    const next = record.state === 'unreachable' ? (record.nextCheckAt ?? 0) : usual
    return Math.max(next, restUntil.get(record.id) ?? 0)
  }

  return {
    check,
    checkMany: async (ids, options) => {
      const left = [...ids]
      const work = async () => {
        for (let id = left.shift(); id !== undefined; id = left.shift()) await check(id, options)
      }
      await Promise.all(Array.from({ length: abreast }, work))
    },
    due: () =>
      book
        .all()
        .map(dueOf)
        .reduce((soonest, at) => (at === null || (soonest !== null && soonest <= at) ? soonest : at), null),
    runDue: async () => {
      const due = book.all().filter((record) => (dueOf(record) ?? Number.POSITIVE_INFINITY) <= now())
      await Promise.all(due.map(({ id, renewsAt }) => check(id, { renew: renewsAt !== null && renewsAt <= now() })))
    },
    afterPause: () => {
      restUntil.clear()
      failures.clear()
      return book
        .all()
        .filter((record) => {
          if (!checkable(record) || isOver(record)) return false
          live.holderOf(record.id)?.retry()
          const looked = record.checkedAt ?? 0
          const fresh = looked <= now() && now() - looked < stale
          return !fresh || record.state === 'unreachable' || hasEnded(record) || book.passing(record.id) !== null
        })
        .map(({ id }) => id)
    },
    met: (id, outcome) => {
      const record = book.find(id)
      if (record === null || !checkable(record)) return
      if (record.kind === 'ssh') return metSsh(record, outcome)
      if (outcome.ok) {
        if (record.state === 'unreachable') void check(id)
        return
      }
      const failure = asFailure(outcome.error)
      const family = familyOf(failure)
      if (isRefusedCall(failure) || failure.code === 'auth-expired') {
        // One call proves nothing: the check asks again before it says so.
        if (!hasEnded(record)) void check(id).then(() => forgive(id))
        return
      }
      if (family === 'ends') live.of(id).holder.end(failure)
      else if (hasEnded(record)) return
      // One slow call is no proof that the host is away; being told to wait is.
      if (family === 'passes' && failure.code !== 'rate-limited') {
        if (record.state !== 'unreachable') void check(id)
        return
      }
      if (family === 'nothing' || family === 'waits') return
      const change = changeBy(failure, now(), () => now() + backoff(failures.get(id) ?? 0))
      if (change !== null) void write(id, change)
    },
  }
}

/** Whether a check with these options does all that one with the other options would. */
const covers = (done: CheckOptions, wanted: CheckOptions): boolean =>
  (done.renew || !wanted.renew) && (done.asked || !wanted.asked || !wanted.renew)
