import type { Repository, RepositoryFilters } from '../../../src-preload/contract/entities/repository'
import { ownTurn } from '../../turn'
import { type AccountRows, createAccountRows } from './account-rows'
import { createBreather } from './breathe'
import { createHaystack } from './haystack'
import { flag, type Pool, type Row, toRepository } from './row'
import { type Searched, search } from './search'
import { byName, byPush, createSortedRows, type SortedRows } from './sorted-rows'
import { mostFrequent } from './tally'
import { createTwins } from './twins'

/** Answers that are kept while the rows are the same: those of a word and its beginnings. */
const remembered = 12

/** Values to offer in a filter, at most. */
const choices = 200

/** An account as the index needs it; the list is in the order in which accounts take precedence. */
export interface RankedAccount {
  readonly id: string
  readonly provider: string
  readonly host: string
}

/** A question to the index. */
export interface Query {
  readonly text: string
  readonly filters: RepositoryFilters
  readonly sort: 'pushed' | 'name'
  readonly offset: number
  readonly limit: number
}

/** Its answer, without how the listings stand. */
export interface Slice {
  readonly total: number
  readonly known: number
  readonly rows: readonly Repository[]
  readonly owners: readonly string[]
  readonly languages: readonly string[]
}

/**
 * All known repositories of all accounts, searched as a person types.
 *
 * There is one row for each account and repository. With all accounts in view, a repository that several accounts of
 * one host can see is shown once, as the first of them sees it: the default account, then the oldest. With one account
 * in view everything it sees is there.
 */
export interface RepositoryIndex {
  account(id: string): AccountRows
  find(accountId: string, id: string): Row | null
  query(query: Query): Promise<Slice>
  /** The first few by last push that are in use: neither archived nor shown by another account. */
  recent(count: number): readonly Repository[]
  /** Does what the first query would have to do, in steps, after many rows came at once. */
  settle(): Promise<void>
  forget(accountId: string): void
}

export const createRepositoryIndex = (ranked: () => readonly RankedAccount[], pool: Pool): RepositoryIndex => {
  const accounts = new Map<string, AccountRows>()
  const pushed = createSortedRows(byPush)
  let named: SortedRows | null = null
  let naming: Promise<void> | null = null
  let version = 0
  const twins = createTwins(ranked, (id) => accounts.get(id)?.byId)

  const listener = {
    added: (row: Row) => {
      version += 1
      pushed.add(row)
      named?.add(row)
      twins.judge(row)
    },
    removed: (row: Row) => {
      version += 1
      pushed.dropped()
      named?.dropped()
      twins.judge(row)
    },
  }

  /** The order by name is made when it is first asked for: most people never do. */
  const makeNamed = async () => {
    const sorted = createSortedRows(byName)
    named = sorted
    const breathe = createBreather()
    const rows = pushed.rows()
    for (let at = 0; at < rows.length; at += 1000) {
      for (const row of rows.slice(at, at + 1000)) if (!row.gone) sorted.add(row)
      await breathe()
    }
  }
  const inOrder = async (sort: Query['sort']): Promise<readonly Row[]> => {
    if (sort === 'pushed') return pushed.rows()
    naming ??= makeNamed()
    await naming
    return named?.rows() ?? []
  }

  let last: Omit<Searched, 'again'> & { readonly answers: Map<string, readonly Row[]> } = {
    rows: [],
    haystack: once(() => createHaystack([])),
    answers: new Map(),
  }
  /** Scrolling asks for the same rows many times; typing asks among the same rows many times, and deleting asks again. */
  const look = (rows: readonly Row[], text: string, filters: RepositoryFilters): readonly Row[] => {
    const question = JSON.stringify([text, filters, twins.turn()])
    const again = last.rows === rows
    if (!again) last = { rows, haystack: once(() => createHaystack(rows)), answers: new Map() }
    const { haystack, answers } = last
    const known = answers.get(question)
    if (known !== undefined) return known
    const found = search({ rows, haystack, again }, { text, filters })
    const [oldest] = answers.keys()
    if (answers.size >= remembered && oldest !== undefined) answers.delete(oldest)
    answers.set(question, found)
    return found
  }

  const offered = remember((accountId: string | null) => {
    const tallies = [...accounts.values()].filter((rows) => accountId === null || rows.accountId === accountId)
    const offer = (counts: (rows: AccountRows) => ReadonlyMap<string, number>) =>
      mostFrequent(tallies.map(counts), choices)
    return { owners: offer(({ owners }) => owners), languages: offer(({ languages }) => languages) }
  })

  return {
    account: (id) => {
      const known = accounts.get(id)
      if (known !== undefined) return known
      const rows = createAccountRows(id, pool, listener)
      accounts.set(id, rows)
      return rows
    },
    find: (accountId, id) => accounts.get(accountId)?.byId.get(id) ?? null,
    query: async ({ text, filters, sort, offset, limit }) => {
      await twins.judgeAll()
      // At 100,000 rows each step takes its time: to put them in order, and to look through them.
      await ownTurn()
      const sorted = await inOrder(sort)
      await ownTurn()
      const { accountId } = filters
      const rows = look(sorted, text, filters)
      return {
        total: rows.length,
        known: accountId === null ? sorted.length - twins.count() : (accounts.get(accountId)?.byId.size ?? 0),
        rows: rows.slice(offset, offset + limit).map(toRepository),
        ...offered(`${version} ${accountId}`, accountId),
      }
    },
    recent: (count) => {
      const found: Repository[] = []
      for (const row of pushed.rows()) {
        if (found.length === count) break
        if (!row.twin && (row.flags & flag.archived) === 0) found.push(toRepository(row))
      }
      return found
    },
    settle: async () => {
      await twins.judgeAll()
      pushed.rows()
      await ownTurn()
      offered(`${version} ${null}`, null)
    },
    forget: (accountId) => {
      accounts.get(accountId)?.clear()
      accounts.delete(accountId)
    },
  }
}

/** Makes again only for another key: scrolling asks for the same rows many times. */
const remember = <A extends readonly unknown[], T>(make: (...args: A) => T): ((key: string, ...args: A) => T) => {
  let last: { readonly key: string; readonly value: T } | null = null
  return (key, ...args) => {
    if (last?.key !== key) last = { key, value: make(...args) }
    return last.value
  }
}

/** Makes something when it is first needed. */
const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
