import type { Listing } from '../../../src-preload/contract/entities/repository'
import { Failure, type FailureData } from '../../../src-preload/contract/outcome'
import type { Log } from '../../log/log'
import type { ProviderClient } from '../../providers/provider'
import { ownTurn } from '../../turn'
import type { AccountAccess } from '../accounts/account-access'
import type { IndexCache, ListingFacts } from './index-cache'
import type { RankedAccount, RepositoryIndex } from './repository-index'

/** Accounts listed at the same time. */
const abreast = 4
/** A listing under way is written to disk this often, in ms. */
const savesEvery = 5000

/** What the listings need. */
export interface ListingsParts {
  readonly access: Pick<AccountAccess, 'records' | 'open' | 'met'>
  readonly index: RepositoryIndex
  readonly cache: IndexCache
  /** What a listing came to, for the account. */
  readonly listed: (accountId: string, listing: { readonly count: number; readonly partial: Failure | null }) => void
  readonly now: () => number
  /** Rows or states have changed; `first`: there are rows where there were none. */
  readonly changed: (first?: boolean) => void
  readonly log: Log
}

/** Brings the index up to date, account by account. */
export interface Listings {
  /** How each account's listing stands. */
  all(): readonly Listing[]
  /** Starts a listing, unless one is under way. Resolves when it has ended, well or not. */
  refresh(accountId: string, by: 'window' | 'app'): Promise<void>
  /** Stops those that only the window asked for. */
  stopAsked(): void
  /** Stops everything. */
  stop(): void
  /** What was known from an earlier run. */
  restore(accountId: string, facts: ListingFacts): void
  forget(accountId: string): void
}

interface Running {
  readonly end: AbortController
  readonly done: Promise<void>
  by: 'window' | 'app'
}

interface Standing {
  readonly state: Listing['state']
  readonly total: number | null
  readonly completeAt: number | null
  /** Why the last whole reading did not show everything. */
  readonly partial: FailureData | null
  readonly failure: FailureData | null
}

const unknown: Standing = { state: 'idle', total: null, completeAt: null, partial: null, failure: null }

export const createListings = (parts: ListingsParts): Listings => {
  const { access, index, cache } = parts
  const standings = new Map<string, Standing>()
  const running = new Map<string, Running>()
  const waiting: (() => void)[] = []
  let busy = 0

  const standingOf = (id: string): Standing => standings.get(id) ?? unknown
  const change = (id: string, next: Partial<Standing>, first = false) => {
    standings.set(id, { ...standingOf(id), ...next })
    parts.changed(first)
  }

  const turn = async (): Promise<void> => {
    if (busy >= abreast) await new Promise<void>((resolve) => waiting.push(resolve))
    busy += 1
  }
  const leave = () => {
    busy -= 1
    waiting.shift()?.()
  }

  const read = async (account: RankedAccount, client: ProviderClient, signal: AbortSignal) => {
    const rows = index.account(account.id)
    const run = rows.begin()
    const hidden: Failure[] = []
    let savedAt = parts.now()
    const facts = (): ListingFacts => ({
      completeAt: standingOf(account.id).completeAt,
      partial: standingOf(account.id).partial,
    })
    try {
      const pages = client.repositories({
        known: rows.known(),
        signal,
        onPartial: (failure) => {
          hidden.push(failure)
        },
      })
      for await (const page of pages) {
        if (signal.aborted) throw new Failure('cancelled')
        const empty = rows.byId.size === 0
        run.take(page)
        change(account.id, page.total === null ? {} : { total: page.total }, empty && rows.byId.size > 0)
        if (parts.now() - savedAt > savesEvery) {
          savedAt = parts.now()
          run.soFar()
          cache.save(account, rows, facts())
        }
        await ownTurn()
      }
      if (signal.aborted) throw new Failure('cancelled')
    } catch (error) {
      run.end('broken')
      cache.save(account, rows, facts())
      throw error
    }
    run.end(hidden.length === 0 ? 'whole' : 'partial')
    // What a person can do something about comes first.
    return hidden.find(({ code }) => code !== 'rows-left-out') ?? hidden[0] ?? null
  }

  const list = async (account: RankedAccount, signal: AbortSignal): Promise<void> => {
    const { id } = account
    change(id, { state: 'loading', failure: null })
    try {
      const partial = await read(account, access.open(id).client, signal)
      const data = partial === null ? null : { code: partial.code, facts: { ...partial.facts } }
      const completeAt = partial === null ? parts.now() : standingOf(id).completeAt
      const rows = index.account(id)
      change(id, { state: 'idle', total: null, completeAt, partial: data })
      cache.save(account, rows, { completeAt, partial: data })
      parts.listed(id, { count: rows.byId.size, partial })
      access.met(id, { ok: true })
    } catch (error) {
      if (signal.aborted) {
        change(id, { state: 'idle', total: null })
        return
      }
      const known = error instanceof Failure
      if (!known) parts.log.error('A listing ended unexpectedly', { error })
      const failure = known
        ? { code: error.code, facts: { ...error.facts, ...(error.code === 'foreign-link-refused' && { account: id }) } }
        : { code: 'unexpected' as const, facts: {} }
      change(id, { state: 'failed', total: null, failure })
      access.met(id, { ok: false, error })
    }
  }

  return {
    all: () =>
      listable(access).map(({ id }) => {
        const { partial, ...standing } = standingOf(id)
        return {
          accountId: id,
          ...standing,
          failure: standing.failure ?? partial,
          count: index.account(id).byId.size,
        }
      }),
    refresh: (accountId, by) => {
      const known = running.get(accountId)
      if (known !== undefined) {
        if (by === 'app') known.by = 'app'
        return known.done
      }
      const account = listable(access).find(({ id }) => id === accountId)
      if (account === undefined) return Promise.reject(new Failure('not-found', { what: 'account' }))
      const end = new AbortController()
      change(accountId, { state: 'loading', failure: null })
      const done = turn()
        .then(() => (end.signal.aborted ? change(accountId, { state: 'idle' }) : list(account, end.signal)))
        .finally(() => {
          if (running.get(accountId)?.end === end) running.delete(accountId)
          leave()
        })
      running.set(accountId, { end, done, by })
      return done
    },
    stopAsked: () => {
      for (const { end, by } of running.values()) if (by === 'window') end.abort()
    },
    stop: () => {
      for (const { end } of running.values()) end.abort()
    },
    restore: (accountId, facts) => change(accountId, facts),
    forget: (accountId) => {
      running.get(accountId)?.end.abort()
      running.delete(accountId)
      standings.delete(accountId)
    },
  }
}

/** Accounts whose provider can list. */
export const listable = (access: Pick<AccountAccess, 'records'>): readonly RankedAccount[] =>
  access.records().filter(({ kind }) => kind !== 'ssh')
