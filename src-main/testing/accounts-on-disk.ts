import * as nodeFs from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'valibot'
import type { Clock } from '../clock'
import { createDataKey, sealCheck } from '../credentials/envelope'
import { Secret } from '../credentials/secret'
import type { VaultDocument } from '../credentials/vault-document'
import { createVaultFile } from '../credentials/vault-file'
import { createRecords, type VaultRecords } from '../credentials/vault-records'
import { type Accounts, createAccounts } from '../features/accounts/accounts'
import { AccountsDocument, noAccounts } from '../features/accounts/accounts-document'
import type { Fetch } from '../network/fetch'
import { createHttp } from '../providers/http'
import { type FileSystem, readIfThere, writeDurably } from '../storage/durable-file'
import type { Store } from '../storage/store'
import { silentLog } from './silent-log'
import { createTokenProvider, refreshAt } from './token-provider'

/** Where a process stands: between two calls to the disk, or before and after a request. */
export type Step = 'disk' | 'asking' | 'answered'

/** Calls `step` before and after every call, also of what `open` returns. */
const stepping = <T extends object>(target: T, step: (at: Step) => void): T =>
  new Proxy(target, {
    get: (_, name) => {
      const call: unknown = Reflect.get(target, name)
      if (typeof call !== 'function') return call
      return async (...args: unknown[]) => {
        step('disk')
        const result: unknown = await Reflect.apply(call, target, args)
        step('disk')
        return name === 'open' ? stepping(result as object, step) : result
      }
    },
  })

/** The vault as the app has it, but for its key, which lies beside it. */
const vaultIn = async (folder: string, fs: FileSystem, clock: Clock): Promise<VaultRecords> => {
  const place = join(folder, 'key')
  const known = await readIfThere(place)
  const key = known === null ? createDataKey() : new Secret(known.toString())
  if (known === null) await nodeFs.writeFile(place, key.reveal())
  const file = createVaultFile({ folder, clock, log: silentLog(), fs })
  const { document } = await file.load()
  const empty: VaultDocument = {
    format: 1,
    id: 'id',
    holder: { name: 'session' },
    retired: [],
    check: sealCheck(key, 'id'),
    records: [],
  }
  const records = createRecords(file, key, document ?? empty)
  await records.takeArrived()
  return records
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
  step: (at: Step) => void = () => undefined,
): Promise<{ readonly accounts: Accounts; readonly vault: VaultRecords; readonly store: Store<AccountsDocument> }> => {
  const fs: FileSystem = stepping({ ...nodeFs }, step)
  const [vault, store] = await Promise.all([vaultIn(folder, fs, clock), storeIn(folder, fs)])
  const provider = createTokenProvider()
  const steppedFetch: Fetch = async (url, init) => {
    step('asking')
    const response = await fetch(url, init)
    step('answered')
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
