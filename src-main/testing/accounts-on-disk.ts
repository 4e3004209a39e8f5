import * as nodeFs from 'node:fs/promises'
import { join } from 'node:path'
import { parse, record, string } from 'valibot'
import type { Clock } from '../clock'
import { Secret } from '../credentials/secret'
import type { Vault } from '../credentials/vault'
import { type Accounts, createAccounts } from '../features/accounts/accounts'
import { AccountsDocument, noAccounts } from '../features/accounts/accounts-document'
import type { Fetch } from '../network/fetch'
import { createHttp } from '../providers/http'
import { type FileSystem, readIfThere, writeDurably } from '../storage/durable-file'
import type { Store } from '../storage/store'
import { createTokenProvider, refreshAt } from './token-provider'

/** Calls `step` before and after every call, also of what `open` returns. */
const stepping = <T extends object>(target: T, step: () => void): T =>
  new Proxy(target, {
    get: (_, name) => {
      const call: unknown = Reflect.get(target, name)
      if (typeof call !== 'function') return call
      return async (...args: unknown[]) => {
        step()
        const result: unknown = await Reflect.apply(call, target, args)
        step()
        return name === 'open' ? stepping(result as object, step) : result
      }
    },
  })

const Records = record(string(), string())

/** A vault in clear, for tests of durability only: its file is written as the real one's is. */
const vaultIn = async (folder: string, fs: FileSystem): Promise<Vault> => {
  const path = join(folder, 'vault.json')
  const bytes = await readIfThere(path)
  let records = parse(Records, bytes === null ? {} : JSON.parse(bytes.toString()))
  let queue: Promise<void> = Promise.resolve()
  const write = (change: (records: Record<string, string>) => Record<string, string>) => {
    queue = queue.then(async () => {
      const next = change(records)
      await writeDurably(path, JSON.stringify(next), fs)
      records = next
    })
    return queue
  }
  return {
    get: async (name) => (records[name] === undefined ? null : new Secret(records[name])),
    set: (name, value) => write((all) => ({ ...all, [name]: value.reveal() })),
    delete: (name) => write(({ [name]: _, ...others }) => others),
    names: async () => Object.keys(records).sort(),
  }
}

const storeIn = async (folder: string, fs: FileSystem): Promise<Store<AccountsDocument>> => {
  const path = join(folder, 'accounts.json')
  const bytes = await readIfThere(path)
  let value: AccountsDocument = bytes === null ? noAccounts : parse(AccountsDocument, JSON.parse(bytes.toString()))
  let queue: Promise<AccountsDocument> = Promise.resolve(value)
  return {
    read: () => value,
    update: (change) => {
      queue = queue.then(async () => {
        const next = change(value)
        await writeDurably(path, JSON.stringify(next), fs)
        value = next
        return next
      })
      return queue
    },
  }
}

/**
 * The accounts feature over real files, as after a start of the app.
 * @param step called at every point at which a kill could make a difference
 */
export const accountsOnDisk = async (
  folder: string,
  fetch: Fetch,
  clock: Clock,
  step: () => void = () => undefined,
): Promise<{ readonly accounts: Accounts; readonly vault: Vault; readonly store: Store<AccountsDocument> }> => {
  const fs: FileSystem = stepping({ ...nodeFs }, step)
  const [vault, store] = await Promise.all([vaultIn(folder, fs), storeIn(folder, fs)])
  const provider = createTokenProvider()
  const steppedFetch: Fetch = async (url, init) => {
    step()
    const response = await fetch(url, init)
    step()
    return response
  }
  const silent = () => undefined
  const accounts = createAccounts({
    store,
    vault,
    providers: { get: () => provider },
    createHttp,
    checkSsh: async () => undefined,
    fetch: steppedFetch,
    refreshToken: refreshAt(steppedFetch, () => clock.now()),
    oauthApps: { find: async () => null },
    dependentsOf: () => ({ apps: [], webhooks: 0, deployKeys: 0 }),
    madeBy: () => [],
    openPage: async () => undefined,
    clock,
    announce: silent,
    log: { info: silent, warn: silent, error: silent },
  })
  return { accounts, vault, store }
}
