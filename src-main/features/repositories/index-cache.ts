import { randomBytes } from 'node:crypto'
import { array, type InferOutput, nullable, number, object, safeParse, string } from 'valibot'
import { FailureData } from '../../../src-preload/contract/outcome'
import type { Log } from '../../log/log'
import type { IndexFolder, IndexPart } from '../../storage/repository-index/index-folder'
import type { AccountRows, Page } from './account-rows'
import { createBreather } from './breathe'
import type { RankedAccount } from './repository-index'
import type { Pool, Row } from './row'
import { decodePages, encodePages, type StoredPage } from './row-codec'

/** Rows in a file, about: it is parsed in a millisecond or two. */
const partSize = 1000

/** What is known of a listing from an earlier run of the app. */
const Facts = object({
  provider: string(),
  host: string(),
  /** Unix ms. */
  completeAt: nullable(number()),
  /** Why the list was incomplete although it ended. */
  partial: nullable(FailureData),
  parts: array(string()),
})
export type ListingFacts = Pick<InferOutput<typeof Facts>, 'completeAt' | 'partial'>

/** Keeps the index over restarts. */
export interface IndexCache {
  /** Reads an account's rows; null when there are none of this account. Gives way to other work all the while. */
  load(account: RankedAccount, rows: AccountRows): Promise<ListingFacts | null>
  /** Writes what has changed, later and one at a time. */
  save(account: RankedAccount, rows: AccountRows, facts: ListingFacts): void
  remove(accountId: string): void
  /** Removes indexes of accounts that are gone. */
  keepOnly(accountIds: readonly string[]): Promise<void>
  /** Resolves when everything is written. */
  written(): Promise<void>
}

export const createIndexCache = (folder: IndexFolder, pool: Pool, log: Log): IndexCache => {
  /** Names of the files that are on disk, by account and by the revisions of the pages in them. */
  const files = new Map<string, Map<string, string>>()
  const wanted = new Map<string, () => Promise<void>>()
  let working: Promise<void> | null = null

  /** The last task of an account counts; tasks run one after the other. */
  const later = (accountId: string, task: () => Promise<void>) => {
    wanted.set(accountId, task)
    working ??= work().finally(() => {
      working = null
    })
  }
  const work = async () => {
    await new Promise<void>((resolve) => setImmediate(resolve))
    for (let [next] = wanted; next !== undefined; [next] = wanted) {
      const [accountId, task] = next
      wanted.delete(accountId)
      try {
        await task()
      } catch (error) {
        log.warn('The index of repositories could not be written', { accountId, error })
      }
    }
  }

  const write = async (account: RankedAccount, rows: AccountRows, facts: ListingFacts) => {
    const before = files.get(account.id) ?? new Map<string, string>()
    const after = new Map<string, string>()
    const parts: IndexPart[] = []
    for (const group of grouped(rows.pages())) {
      const key = keyOf(group)
      const known = before.get(key)
      const name = known ?? fresh()
      after.set(key, name)
      parts.push({
        name,
        content: known === undefined ? () => encodePages(group.map((page) => stored(page, rows))) : null,
      })
    }
    const loose = looseRows(rows)
    if (loose.length > 0) {
      for (let at = 0; at < loose.length; at += partSize) {
        const some = loose.slice(at, at + partSize)
        parts.push({ name: fresh(), content: () => encodePages([{ page: null, rows: some }]) })
      }
    }
    const { provider, host } = account
    await folder.write(account.id, { facts: { provider, host, ...facts }, parts })
    files.set(account.id, after)
  }

  /** Rows of parts after a gap, as if they belonged to no page. */
  const loadLoose = async (account: RankedAccount, rows: AccountRows, parts: readonly string[]): Promise<void> => {
    for (const name of parts) {
      const pages = decodePages(await folder.read(account.id, name), account.id, pool) ?? []
      for (const page of pages) rows.restore(null, page.rows)
    }
  }

  return {
    load: async (account, rows) => {
      const parsed = safeParse(Facts, await folder.read(account.id))
      if (!parsed.success || parsed.output.provider !== account.provider || parsed.output.host !== account.host) {
        return null
      }
      const { parts, completeAt, partial } = parsed.output
      const names = new Map<string, string>()
      const breathe = createBreather()
      // The next files are on their way while one is being parsed.
      const ahead = parts.slice(0, 4).map((name) => folder.read(account.id, name))
      for (const [at, name] of parts.entries()) {
        const value = await ahead[at]
        ahead[at] = Promise.resolve(null)
        const next = parts[at + 4]
        if (next !== undefined) ahead.push(folder.read(account.id, next))
        const pages = decodePages(value, account.id, pool)
        if (pages === null) {
          log.warn('A part of the index of repositories could not be read', { accountId: account.id, name })
          // The pages after a gap can't be trusted to follow each other: their rows stay, their validators go.
          await loadLoose(account, rows, parts.slice(at + 1))
          return { completeAt, partial }
        }
        const start = rows.pages().length
        for (const { page, rows: some } of pages) rows.restore(page, some)
        const restored = rows.pages().slice(start)
        if (restored.length === pages.length) names.set(keyOf(restored), name)
        await breathe()
      }
      files.set(account.id, names)
      return { completeAt, partial }
    },
    save: (account, rows, facts) => later(account.id, () => write(account, rows, facts)),
    remove: (accountId) => {
      files.delete(accountId)
      later(accountId, () => folder.remove(accountId))
    },
    keepOnly: async (accountIds) => {
      for (const id of await folder.list()) if (!accountIds.includes(id)) await folder.remove(id)
    },
    written: async () => {
      while (working !== null) await working
    },
  }
}

const fresh = (): string => randomBytes(8).toString('hex')

const keyOf = (pages: readonly Page[]): string => pages.map(({ revision }) => revision).join()

/** Pages in their order, about a thousand rows at a time. */
const grouped = (pages: readonly Page[]): readonly (readonly Page[])[] => {
  const groups: Page[][] = []
  let size = partSize
  for (const page of pages) {
    if (size >= partSize) {
      groups.push([])
      size = 0
    }
    groups.at(-1)?.push(page)
    size += page.ids.length
  }
  return groups
}

const stored = ({ url, etag, ids }: Page, { byId }: AccountRows): StoredPage => ({
  page: { url, etag },
  rows: ids.flatMap((id) => byId.get(id) ?? []),
})

/** Rows that are on no page. */
const looseRows = (rows: AccountRows): readonly Row[] => {
  const pages = rows.pages()
  const onPages = pages.reduce((sum, { ids }) => sum + ids.length, 0)
  if (onPages === rows.byId.size) return []
  const ids = new Set(pages.flatMap((page) => page.ids))
  return [...rows.byId.values()].filter(({ id }) => !ids.has(id))
}
