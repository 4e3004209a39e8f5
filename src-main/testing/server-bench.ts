import { Failure } from '../../src-preload/contract/outcome'
import { systemClock } from '../clock'
import type { AccountAccess } from '../features/accounts/account-access'
import { createRemovals, noRemovals, type Removals, type RemovalsDocument } from '../features/apps/removals'
import { type ConfirmedKey, createHostKeyBook, type HostKeyBook } from '../features/host-keys/host-key-book'
import { createHostLook, type HostLook } from '../features/host-keys/look-at-host'
import { createServers, type Servers, type ServersParts } from '../features/servers/create-servers'
import { noServers, type ServersDocument } from '../features/servers/servers-document'
import { createKeyStore, type KeyRecord, type KeyStore } from '../features/ssh-keys/key-store'
import type { Announce } from '../ipc/announce'
import { scanHostKeys } from '../ssh/scan-host-keys'
import { type MemoryStore, memoryStore } from './memory-store'
import { type MemoryVault, memoryVault } from './memory-vault'
import { silentLog } from './silent-log'

/** The servers feature over real parts, with stores in memory. */
export interface ServerBench {
  readonly servers: Servers
  readonly keys: KeyStore
  readonly book: HostKeyBook
  readonly hosts: HostLook
  readonly vault: MemoryVault
  readonly removals: Removals
  readonly store: MemoryStore<ServersDocument>
  readonly removalStore: MemoryStore<RemovalsDocument>
  /** Everything announced, newest last. */
  readonly announced: { readonly event: string; readonly payload: unknown }[]
  readonly announce: Announce
  stop(): Promise<void>
}

const nobody: Pick<AccountAccess, 'open'> = {
  open: () => {
    throw new Failure('not-found', { what: 'account' })
  },
}

export const serverBench = (
  changes: Partial<ServersParts> & { readonly access?: Pick<AccountAccess, 'open'> } = {},
): ServerBench => {
  const { access = nobody, ...others } = changes
  const announced: { event: string; payload: unknown }[] = []
  const announce: Announce = (event, payload) => {
    announced.push({ event, payload })
  }
  const vault = memoryVault()
  const now = () => Date.now()
  const book = createHostKeyBook('', memoryStore<readonly ConfirmedKey[]>([]), now)
  const hosts = createHostLook(book, scanHostKeys)
  const keys = createKeyStore({
    store: memoryStore<readonly KeyRecord[]>([]),
    vault,
    now,
    accountsOf: () => [],
    usedBy: () => [],
    deployKeyOf: () => [],
    readKey: async () => {
      throw new Failure('key-unreadable')
    },
    agentSocket: () => null,
    changed: () => undefined,
    machine: 'bench',
  })
  const store = memoryStore<ServersDocument>(noServers)
  const removalStore = memoryStore<RemovalsDocument>(noRemovals)
  const removals: Removals = createRemovals({
    store: removalStore,
    access,
    runAt: (place, act) => servers.access.runAt(place, act),
    keys,
    vault,
    clock: systemClock,
    log: silentLog(),
  })
  const servers = createServers({
    store,
    hosts,
    keys,
    removals,
    outbound: () => [],
    appsOn: () => [],
    appOfKey: () => null,
    announce,
    clock: systemClock,
    log: silentLog(),
    ...others,
  })
  return {
    servers,
    keys,
    book,
    hosts,
    vault,
    removals,
    store,
    removalStore,
    announced,
    announce,
    stop: async () => {
      removals.stop()
      await servers.stop()
    },
  }
}
