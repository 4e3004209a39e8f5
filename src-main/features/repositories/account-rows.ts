import { Failure } from '../../../src-preload/contract/outcome'
import type { KnownPage, RemoteRepository, RepositoryPage } from '../../providers/provider'
import { type Pool, type Row, sameRow, toRow } from './row'
import { createTally } from './tally'

/** A page of the provider's list, by what it held when it was last read. */
export interface Page {
  readonly url: string
  readonly etag: string | null
  readonly ids: readonly string[]
  /** Changes whenever what the page holds has changed, so that files are written only then. */
  readonly revision: number
}

/** Told about rows that come and go. */
export interface RowsListener {
  added(row: Row): void
  removed(row: Row): void
}

/** What is known of one account's repositories. */
export interface AccountRows {
  readonly accountId: string
  readonly byId: ReadonlyMap<string, Row>
  readonly owners: ReadonlyMap<string, number>
  readonly languages: ReadonlyMap<string, number>
  /** Pages of the list in their order. */
  pages(): readonly Page[]
  /** Pages that the provider may answer with "unchanged": an unbroken run from the first. */
  known(): readonly KnownPage[]
  /** Takes over a page that was kept on disk. */
  restore(page: Pick<Page, 'url' | 'etag'> | null, rows: readonly Row[]): void
  begin(): ListingRun
  /** One repository, read by itself. */
  put(remote: RemoteRepository): Row
  remove(id: string): void
  clear(): void
}

/** One reading of the whole list. */
export interface ListingRun {
  /** @throws Failure `bad-answer` when a page that nobody knows is called unchanged */
  take(page: RepositoryPage): void
  /** Makes what was read so far the list of pages, so that it can be written to disk. */
  soFar(): void
  /** `whole`: what was not seen is gone. `partial`: it may only be hidden. `broken`: the list ended early. */
  end(how: 'whole' | 'partial' | 'broken'): void
}

export const createAccountRows = (accountId: string, pool: Pool, listener: RowsListener): AccountRows => {
  const byId = new Map<string, Row>()
  const owners = createTally()
  const languages = createTally()
  let pages: readonly Page[] = []
  let runs = 0
  let revisions = 0

  const insert = (row: Row) => {
    byId.set(row.id, row)
    owners.add(row.owner)
    languages.add(row.language)
    listener.added(row)
  }
  const drop = (row: Row) => {
    byId.delete(row.id)
    owners.remove(row.owner)
    languages.remove(row.language)
    row.gone = true
    listener.removed(row)
  }
  /** Keeps the row that is there when nothing about it has changed. */
  const upsert = (remote: RemoteRepository): { readonly row: Row; readonly changed: boolean } => {
    const before = byId.get(remote.id)
    const row = toRow(remote, accountId, pool)
    if (before !== undefined && sameRow(before, row)) return { row: before, changed: false }
    if (before !== undefined) drop(before)
    insert(row)
    return { row, changed: true }
  }

  return {
    accountId,
    byId,
    owners: owners.counts,
    languages: languages.counts,
    pages: () => pages,
    known: () => {
      const known: KnownPage[] = []
      for (const { url, etag, ids } of pages) {
        if (etag === null) break
        known.push({ url, etag, rows: ids.length })
      }
      return known
    },
    restore: (page, rows) => {
      for (const row of rows) if (!byId.has(row.id)) insert(row)
      if (page === null) return
      revisions += 1
      pages = [...pages, { ...page, ids: rows.map(({ id }) => id), revision: revisions }]
    },
    begin: () => {
      runs += 1
      const run = runs
      const before = new Map(pages.map((page) => [page.url, page]))
      const old = pages
      const taken: Page[] = []
      /** A list that ended early along the old way keeps the old way's rest, and with it the validators. */
      const soFar = () => {
        const follows = taken.every(({ url }, at) => old[at]?.url === url)
        pages = follows ? [...taken, ...old.slice(taken.length)] : [...taken]
      }
      return {
        soFar,
        take: (page) => {
          const known = before.get(page.url)
          if ('unchanged' in page) {
            if (known === undefined) throw new Failure('bad-answer', { why: 'unknown-page' })
            for (const id of known.ids) {
              const row = byId.get(id)
              if (row !== undefined) row.seen = run
            }
            taken.push(known)
            return
          }
          let changed = known === undefined || known.etag !== page.etag || known.ids.length !== page.rows.length
          const ids = page.rows.map((remote, at) => {
            const { row, changed: fresh } = upsert(remote)
            row.seen = run
            changed ||= fresh || known?.ids[at] !== row.id
            return row.id
          })
          if (changed || known === undefined) {
            revisions += 1
            taken.push({ url: page.url, etag: page.etag, ids, revision: revisions })
          } else {
            taken.push(known)
          }
        },
        end: (how) => {
          if (how === 'broken') soFar()
          else pages = taken
          if (how !== 'whole') return
          for (const row of byId.values()) if (row.seen !== run) drop(row)
        },
      }
    },
    put: (remote) => upsert(remote).row,
    remove: (id) => {
      const row = byId.get(id)
      if (row !== undefined) drop(row)
    },
    clear: () => {
      for (const row of byId.values()) drop(row)
      pages = []
    },
  }
}
