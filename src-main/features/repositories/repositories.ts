import type { contract } from '../../../src-preload/contract'
import type { Listing, Repository } from '../../../src-preload/contract/entities/repository'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Announce } from '../../ipc/announce'
import type { Log } from '../../log/log'
import type { RemoteRepository } from '../../providers/provider'
import type { IndexFolder } from '../../storage/repository-index/index-folder'
import type { AccountAccess } from '../accounts/account-access'
import { pace } from '../pace'
import { createFirstView } from './first-view'
import { createHandlers, places } from './handlers'
import { createIndexCache } from './index-cache'
import { createListings, listable } from './listings'
import { createRepositoryIndex } from './repository-index'
import { createPool, toRepository } from './row'

/** What the repositories feature needs from the rest of the app. */
export interface RepositoriesParts {
  readonly access: AccountAccess
  readonly folder: IndexFolder
  readonly listed: (accountId: string, listing: { readonly count: number; readonly partial: Failure | null }) => void
  readonly openPage: (url: string) => Promise<void>
  readonly clock: { now(): number }
  readonly announce: Announce
  readonly log: Log
}

/** The repositories feature. */
export interface Repositories {
  readonly handlers: Handlers<(typeof contract)['repositories']>
  /** Reads the index from disk. To be called as early as possible: neither the vault nor the network is touched. */
  load(): Promise<void>
  /** The repository as the list has it, or null. */
  find(accountId: string, id: string): Promise<Repository | null>
  /** The best few of an account's repositories for a text, archived ones too. */
  search(text: string, accountId: string): Promise<readonly Repository[]>
  /** The first few by last push, of all accounts. */
  recent(count: number): readonly Repository[]
  /** What the provider says of a repository now, asked elsewhere: the list follows. Null for one that is gone. */
  seen(accountId: string, id: string, now: RemoteRepository | null): void
  /** Lists one account again; resolves with how that ended. @throws Failure `not-found` for an account that is gone */
  renew(accountId: string): Promise<Listing>
  /** Lists every account behind what is shown. Resolves when all listings have ended. */
  refreshAll(): Promise<void>
  /** An account was connected or works again. */
  connected(accountId: string): void
  recovered(accountId: string): void
  removed(accountId: string): void
  readdressed(accountId: string): void
  /** Ends listings and resolves when the index is on disk. */
  stop(): Promise<void>
}

const unfiltered = { owner: null, visibility: 'any', archived: 'any', fork: 'any', language: null } as const

export const createRepositories = (parts: RepositoriesParts): Repositories => {
  const { access, log } = parts
  const pool = createPool()
  const index = createRepositoryIndex(() => listable(access), pool)
  const cache = createIndexCache(parts.folder, pool, log)
  const news = pace(() => parts.announce('repositories.changed', { listings: [...listings.all()] }))
  const listings = createListings({
    access,
    index,
    cache,
    listed: parts.listed,
    now: () => parts.clock.now(),
    changed: (first) => (first ? news.now() : news.soon()),
    log,
  })

  const view = createFirstView(parts.folder)
  let loading: Promise<void> | null = null
  const read = async () => {
    for (const account of listable(access)) {
      const facts = await cache.load(account, index.account(account.id))
      if (facts !== null) listings.restore(account.id, facts)
    }
    await index.settle()
    // Not awaited: nobody has to wait for tidying up.
    cache
      .keepOnly(access.records().map(({ id }) => id))
      .catch((error: unknown) => log.warn('An index is left over', { error }))
  }
  const load = () => {
    loading ??= read()
      .catch((error: unknown) => log.error('The index could not be read', { error }))
      .then(() => news.now())
    return loading
  }

  /** A listing by ourselves: how it ends is shown with the account, nobody waits for it. */
  const refresh = (accountId: string) =>
    load()
      .then(() => listings.refresh(accountId, 'app'))
      .catch((error: unknown) => {
        // The account went while the index was being read.
        if (!(error instanceof Failure)) log.error('A listing could not be started', { error })
      })

  return {
    handlers: createHandlers({
      access,
      index,
      listings,
      load,
      view,
      openPage: parts.openPage,
      changed: () => news.soon(),
    }),
    load,
    find: async (accountId, id) => {
      await load()
      const row = index.find(accountId, id)
      return row === null ? null : toRepository(row)
    },
    search: async (text, accountId) => {
      await load()
      const filters = { ...unfiltered, accountId }
      return (await index.query({ text, filters, sort: 'pushed', offset: 0, limit: 3 })).rows
    },
    recent: index.recent,
    seen: (accountId, id, now) => {
      const rows = index.account(accountId)
      if (now === null) rows.remove(id)
      else rows.put(now)
      news.soon()
    },
    renew: async (accountId) => {
      await load()
      await listings.refresh(accountId, 'app')
      const listing = listings.all().find((one) => one.accountId === accountId)
      if (listing === undefined) throw new Failure('not-found', { what: 'account' })
      return listing
    },
    refreshAll: async () => {
      await Promise.all(listable(access).map(({ id }) => refresh(id)))
    },
    connected: (accountId) => void refresh(accountId),
    recovered: (accountId) => {
      if (listings.all().some((listing) => listing.accountId === accountId && listing.state === 'failed')) {
        void refresh(accountId)
      }
    },
    readdressed: (accountId) => {
      // Pages that have not changed for their host would keep the old addresses.
      listings.forget(accountId)
      index.account(accountId).clear()
      void refresh(accountId)
      news.soon()
    },
    removed: (accountId) => {
      listings.forget(accountId)
      index.forget(accountId)
      cache.remove(accountId)
      void view.forget()
      news.soon()
    },
    stop: async () => {
      listings.stop()
      news.stop()
      await Promise.all([cache.written(), view.write(places(access))])
    },
  }
}
