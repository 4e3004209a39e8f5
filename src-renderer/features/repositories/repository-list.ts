import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Api } from '../../../src-preload/contract'
import type { Listing, Repository, RepositorySlice } from '../../../src-preload/contract/entities/repository'
import type { FirstRows } from '../../../src-preload/contract/first-rows'
import { Failure } from '../../../src-preload/contract/outcome'
import { everything, isSame, type Question } from './question'

/** Rows asked for at once. */
export const pageSize = 40

/** The list as it is shown: a window of rows over a total, and how each account's listing stands. */
export interface RepositoryList {
  readonly question: Question
  /** Rows by index; absent ones have not been fetched. */
  readonly rows: ReadonlyMap<number, Repository>
  readonly total: number
  readonly known: number
  readonly listings: readonly Listing[]
  readonly owners: readonly string[]
  readonly languages: readonly string[]
  /** False until the first answer. */
  readonly answered: boolean
  readonly failure: Failure | null
  /** Key of the row whose details are open. */
  readonly selected: Repository | null
}

export interface RepositoryListActions {
  ask(change: Partial<Question>): Promise<void>
  /** Asks for the first time; nothing when that has been done. */
  begin(): Promise<void>
  /** Tells which rows are in view, so that those not here yet are fetched. */
  show(first: number, last: number): Promise<void>
  /** Fetches the rows in view again; those shown stay until the new ones are here. */
  renew(): Promise<void>
  select(repository: Repository | null): void
}

export type RepositoryListStore = StoreApi<RepositoryList & RepositoryListActions>

/** The list as it was left, until main has answered. */
const shownBefore = ({ rows, offset, ...rest }: RepositorySlice) => ({
  ...rest,
  rows: new Map(rows.map((row, index) => [offset + index, row])),
  answered: true,
})

/** The store of the browser. @param first what an earlier start showed. Rows are asked for by page, answers to an older question are dropped. */
export const createRepositoryList = (
  repositories: Pick<Api['repositories'], 'query'>,
  question: Question = everything,
  first: FirstRows | null = null,
): RepositoryListStore =>
  createStore((set, get) => {
    let asked = 0
    let view = { first: 0, last: pageSize - 1 }
    const pending = new Set<number>()

    const fetchPage = async (page: number, turn: number, replace: boolean): Promise<void> => {
      const { question } = get()
      pending.add(page)
      try {
        const slice = await repositories.query({ ...question, offset: page * pageSize, limit: pageSize })
        if (turn !== asked) return
        const rows = replace ? new Map<number, Repository>() : new Map(get().rows)
        slice.rows.forEach((row, index) => {
          rows.set(slice.offset + index, row)
        })
        const { total, known, listings, owners, languages } = slice
        set({ rows, total, known, listings, owners, languages, answered: true, failure: null })
      } catch (error) {
        if (turn === asked)
          set({ answered: true, failure: error instanceof Failure ? error : new Failure('unexpected') })
      } finally {
        if (turn === asked) pending.delete(page)
      }
    }

    const pagesInView = () => {
      const first = Math.floor(Math.max(0, view.first) / pageSize)
      const last = Math.floor(Math.max(view.first, view.last) / pageSize)
      return Array.from({ length: last - first + 1 }, (_, index) => first + index)
    }

    const restart = async (): Promise<void> => {
      const turn = ++asked
      pending.clear()
      const [first = 0, ...others] = pagesInView()
      await fetchPage(first, turn, true)
      await Promise.all(others.map((page) => fetchPage(page, turn, false)))
    }

    return {
      question,
      rows: new Map(),
      total: 0,
      known: 0,
      listings: [],
      owners: [],
      languages: [],
      answered: false,
      failure: null,
      ...(first !== null && isSame(first.question, question) ? shownBefore(first.slice) : {}),
      selected: null,
      ask: async (change) => {
        set({ question: { ...get().question, ...change } })
        view = { first: 0, last: pageSize - 1 }
        await restart()
      },
      begin: async () => {
        if (asked === 0) await restart()
      },
      show: async (first, last) => {
        view = { first, last }
        const { rows, total } = get()
        const missing = pagesInView().filter(
          (page) => !pending.has(page) && page * pageSize < total && !rows.has(page * pageSize),
        )
        await Promise.all(missing.map((page) => fetchPage(page, asked, false)))
      },
      renew: restart,
      select: (selected) => set({ selected }),
    }
  })

/** Whether any account is still being listed. */
export const isListing = (listings: readonly Listing[]): boolean => listings.some(({ state }) => state === 'loading')
