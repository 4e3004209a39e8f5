import type { contract } from '../../../src-preload/contract'
import type { Account } from '../../../src-preload/contract/entities/account'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import { pace } from '../pace'
import type { AccountAccess } from './account-access'
import { createAccountBook } from './account-book'
import { createAccountChecks } from './account-checks'
import type { AccountConnector } from './account-connector'
import type { AccountRecord } from './account-record'
import type { AccountListener, AccountsParts } from './accounts-parts'
import { createAlarm } from './alarm'
import { createConnector, withAddress } from './connect-account'
import { asData, isOver } from './failure-families'
import { createHandlers } from './handlers'
import { createLiveAccounts } from './live-accounts'
import { presentAccount } from './present-account'
import { adoptReceived, reconnectReceived } from './received-sign-in'
import { gitLife } from './renewal-time'
import { createRevocations } from './revocations'
import { proveTypedAddress } from './typed-address'
import { clearLeftovers } from './vault-leftovers'

/** The accounts feature. */
export interface Accounts {
  readonly handlers: Handlers<(typeof contract)['accounts']>
  readonly access: AccountAccess
  readonly connector: AccountConnector
  /** The list as the window gets it, e.g. for the tray. Neither the vault nor the network is touched. */
  list(): readonly Account[]
  /** @throws Failure `not-found` */
  get(accountId: string): Account
  /** Asks the provider now, as a person may; resolves when the state is known. An account that is gone stays gone. */
  check(accountId: string): Promise<void>
  /** What a listing of repositories came to; `partial` says why it is not whole. */
  listed(accountId: string, listing: { readonly count: number; readonly partial: Failure | null }): void
  /** Listens to accounts that come and go; returns the function that stops. */
  follow(listener: AccountListener): () => void
  /** To be called after first paint: clears what a kill left, checks all accounts. Resolves when all have answered. */
  start(): Promise<void>
  /** The computer woke, the network is back, or the vault was opened. */
  wake(): void
  /** Begins no renewal any more; resolves when none is under way, so that no pair gets lost by quitting. */
  stop(): Promise<void>
}

export const createAccounts = (parts: AccountsParts): Accounts => {
  const { clock, log } = parts
  const listeners = new Set<AccountListener>()
  const beginning = new Set<string>()
  const news = pace(() => parts.announce('accounts.changed', [...list()]))
  const book = createAccountBook(parts.store, () => {
    news.soon()
    alarm.set()
  })
  const live = createLiveAccounts(parts, book)
  const checks = createAccountChecks(
    parts,
    book,
    live,
    () => alarm.set(),
    (id) => {
      for (const listener of listeners) listener.recovered?.(id)
    },
  )
  const revocations = createRevocations(parts, book, () => alarm.set())
  const connector = createConnector({
    parts,
    book,
    live,
    beginning,
    connected: (id) => {
      for (const listener of listeners) listener.connected?.(id)
    },
    removed: (id) => {
      live.forget(id)
      for (const listener of listeners) listener.removed?.(id)
    },
  })

  let cleared = false
  /** Accounts found in the vault are checked at once. */
  const clear = async () => {
    if (cleared) return
    try {
      await adoptReceived(parts.vault)
      const found = await clearLeftovers(parts, book, beginning)
      cleared = true
      await Promise.all([checks.checkMany(found), reconnectReceived(parts, book, connector)])
    } catch (error) {
      // A vault that can't be opened yet: the accounts show as waiting, and `wake` looks again.
      log.warn('The vault could not be looked through', { error })
    }
  }
  const wake = () => {
    void checks.checkMany(checks.afterPause())
    void revocations.resume(true)
    void clear()
  }
  const alarm = createAlarm({
    clock,
    due: () => soonest(checks.due(), revocations.due()),
    ring: () => {
      void checks.runDue()
      void revocations.resume(false)
    },
    jumped: wake,
  })

  const abilities = (record: AccountRecord) => {
    if (record.kind === 'ssh' || !parts.providers.get(record.provider)) return { webhooks: false, deployKeys: false }
    const { client } = live.of(record.id)
    return { webhooks: client.webhooks !== undefined, deployKeys: client.deployKeys !== undefined }
  }
  const list = (): readonly Account[] => {
    const all = book.all()
    return all.map((record) =>
      presentAccount(record, {
        all,
        passing: book.passing(record.id),
        appsUsing: parts.dependentsOf(record.id).apps.length,
        abilities: abilities(record),
        now: clock.now(),
      }),
    )
  }

  const get = (id: string): Account => {
    const account = list().find((candidate) => candidate.id === id)
    if (account === undefined) throw new Failure('not-found', { what: 'account' })
    return account
  }

  const revoking = new Map<string, ReturnType<typeof revocations.revoke>>()
  const revoke = (id: string) => {
    const known = revoking.get(id)
    if (known !== undefined) return known
    const started = takeAway(id).finally(() => revoking.delete(id))
    revoking.set(id, started)
    return started
  }
  const takeAway = async (id: string) => {
    const record = book.get(id)
    // A pair that is on its way has to be in the vault before it can be taken away.
    await live.holderOf(id)?.settled()
    const made = parts.madeBy(id)
    // What was made through it is taken away by the same token: one that is about to end is renewed for that.
    if (made.length > 0) await freshened(id)
    const receipt = await revocations.revoke(record, made)
    live.forget(id)
    for (const listener of listeners) listener.removed?.(id)
    // Some providers take every token of the person away with this one.
    const twins = book.all().filter(({ host, viewerId }) => host === record.host && viewerId === record.viewerId)
    void checks.checkMany(twins.map((twin) => twin.id))
    return receipt
  }

  const useTypedAddress = async (id: string, use: boolean) => {
    const record = book.get(id)
    const { provider, checking } = live.of(id)
    const namedAs = use ? await proveTypedAddress(record, { fetch: parts.fetch, provider, client: checking }) : null
    await book.change(id, { namedAs: namedAs === record.host ? null : namedAs })
    live.rebuild(id)
    for (const listener of listeners) listener.readdressed?.(id)
  }

  /** Never rejects: what can't be renewed now may still be good enough. */
  const freshened = async (id: string) => {
    const { holder } = live.of(id)
    await holder.current(gitLife).catch((error: unknown) => log.warn('A token could not be renewed', { error }))
  }

  const access: AccountAccess = {
    record: (id) => book.get(id),
    records: () => book.all(),
    open: (id) => {
      const { provider, client } = live.of(id)
      return { provider, client, record: book.get(id) }
    },
    gitCredential: async (id) => {
      const { provider, holder } = live.of(id)
      const credential = await holder.current(gitLife)
      return { ...provider.gitCredential(credential), origin: new URL(book.get(id).host).origin }
    },
    reached: (id, address) =>
      book.update((document) => ({
        ...document,
        accounts: document.accounts.map((record) =>
          record.id === id ? { ...record, addresses: withAddress(record.addresses, address) } : record,
        ),
      })),
    met: (id, outcome) => checks.met(id, outcome),
  }

  return {
    handlers: createHandlers({ parts, book, checks, connector, list, get, useTypedAddress, revoke }),
    access,
    connector,
    list,
    get,
    check: (id) => checks.check(id, { asked: true }),
    listed: (id, { count, partial }) => {
      const record = book.find(id)
      if (record === null) return
      const reason = partial === null ? null : asData(partial)
      if (record.repositoryCount === count && record.partial?.code === reason?.code) return
      book
        .change(id, { repositoryCount: count, partial: reason })
        .catch((error: unknown) => log.warn('The number of repositories could not be written', { error }))
    },
    follow: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    start: async () => {
      alarm.start()
      void revocations.resume(true)
      const alive = book.all().filter((record) => !isOver(record))
      await Promise.all([checks.checkMany(alive.map(({ id }) => id)), clear()])
    },
    wake,
    stop: async () => {
      alarm.stop()
      news.stop()
      await live.stop()
    },
  }
}

const soonest = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other)
