import { randomUUID } from 'node:crypto'
import type { Server } from '../../../src-preload/contract/entities/server'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Clock } from '../../clock'
import type { Pilot } from '../../deploy/pilot'
import type { Announce } from '../../ipc/announce'
import type { Log } from '../../log/log'
import type { Store } from '../../storage/store'
import type { Removals } from '../apps/removals'
import type { HostLook } from '../host-keys/look-at-host'
import { pace } from '../pace'
import type { KeyStore } from '../ssh-keys/key-store'
import { checkServer, noChecks, type OutboundTarget } from './check-server'
import { createConnections } from './connections'
import { createServerHandlers, type ServerHandlers } from './handlers'
import type { LoginPlace } from './login-place'
import { presentServer, receiverAddress } from './receiver-address'
import { createReceivers, type Receivers } from './receivers'
import type { ServerRecord, ServersDocument } from './servers-document'

/** What the servers feature needs from the rest of the app. */
export interface ServersParts {
  readonly store: Store<ServersDocument>
  readonly hosts: Pick<HostLook, 'look' | 'confirm' | 'trust'>
  readonly keys: Pick<KeyStore, 'create' | 'get' | 'login' | 'used' | 'remove'>
  /** Git hosts that deploys on a server have to reach: those of the connected accounts. */
  readonly outbound: () => readonly OutboundTarget[]
  /** Ids of the apps on a server. */
  readonly appsOn: (serverId: string) => readonly string[]
  /** App that a key or hook on a server was made for. */
  readonly appOfKey: (key: string) => string | null
  readonly removals: Pick<Removals, 'take'>
  readonly announce: Announce
  readonly clock: Clock
  readonly log: Log
}

/** What other features do with servers. */
export interface ServerAccess {
  /** @throws Failure `not-found` */
  get(id: string): Server
  place(id: string): LoginPlace
  /** See `connections.ts`. */
  run<T>(id: string, act: (pilot: Pilot) => Promise<T>, signal?: AbortSignal): Promise<T>
  stream<T>(id: string, act: (pilot: Pilot) => Promise<T>, signal?: AbortSignal): Promise<T>
  /** For a server that is no longer in the list. */
  runAt<T>(place: LoginPlace, act: (pilot: Pilot) => Promise<T>): Promise<T>
  readonly receivers: Receivers
}

/** The servers feature. */
export interface Servers {
  readonly handlers: ServerHandlers
  readonly access: ServerAccess
  list(): readonly Server[]
  /** Names of the servers that log in by a key. */
  usingKey(keyId: string): readonly string[]
  /** Which apps a server has changed. */
  appsChanged(): void
  /** Listens to servers whose receiver got another address. */
  onReceiver(listener: (serverId: string) => void): void
  stop(): Promise<void>
}

export const createServers = (parts: ServersParts): Servers => {
  const { store, clock, log } = parts
  const connections = createConnections(parts)
  const news = pace(() => parts.announce('servers.changed', [...list()]))
  const running = new Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>()
  let listeners: readonly ((serverId: string) => void)[] = []

  const find = (id: string): ServerRecord => {
    const record = store.read().servers.find((server) => server.id === id)
    if (record === undefined) throw new Failure('not-found', { what: 'server' })
    return record
  }
  const change = async (id: string, fields: (record: ServerRecord) => Partial<ServerRecord>): Promise<ServerRecord> => {
    find(id)
    await store.update(({ servers }) => ({
      servers: servers.map((server) => (server.id === id ? { ...server, ...fields(server) } : server)),
    }))
    news.soon()
    return find(id)
  }
  /** Checks as they run are worth showing, not worth writing down. */
  const passing = new Map<string, Pick<ServerRecord, 'checks' | 'state'>>()
  const publicKey = (keyId: string): string => {
    try {
      return parts.keys.get(keyId).publicKey
    } catch (error) {
      if (error instanceof Failure && error.code === 'not-found') return ''
      throw error
    }
  }
  const present = (record: ServerRecord): Server =>
    presentServer({ ...record, ...passing.get(record.id) }, publicKey(record.keyId), parts.appsOn(record.id))
  const list = () => store.read().servers.map(present)

  const check = (id: string): Promise<void> => {
    const known = running.get(id)
    if (known !== undefined) return known.done
    const stop = new AbortController()
    const done = look(id, stop.signal)
      .catch((error: unknown) => log.error('A server could not be checked', { error }))
      .finally(() => {
        running.delete(id)
        passing.delete(id)
        news.soon()
      })
    running.set(id, { stop, done })
    return done
  }
  const look = async (id: string, signal: AbortSignal): Promise<void> => {
    const show = (checks: ServerRecord['checks']) => {
      passing.set(id, { state: 'checking', checks })
      news.soon()
    }
    show([...noChecks])
    const checked = await checkServer(
      find(id),
      { hosts: parts.hosts, run: connections.run, outbound: parts.outbound, now: () => clock.now() },
      (checks) => show([...checks]),
      signal,
    )
    if (signal.aborted) return
    const { receiver, checks, ...fields } = checked
    await change(id, (record) => ({
      ...fields,
      checks: [...checks],
      checkedAt: clock.now(),
      receiver: { ...record.receiver, ...receiver },
    }))
  }
  const stopCheck = async (id: string) => {
    const known = running.get(id)
    known?.stop.abort()
    await known?.done
  }

  const access: ServerAccess = {
    get: (id) => present(find(id)),
    place: (id) => find(id),
    run: (id, act, signal) => connections.run(find(id), act, signal),
    stream: (id, act, signal) => connections.stream(find(id), act, signal),
    runAt: (place, act) => connections.run(place, act),
    receivers: createReceivers({
      find,
      save: (id, receiver) => change(id, (record) => ({ receiver: { ...record.receiver, ...receiver } })),
      run: (id, act) => connections.run(find(id), act),
      address: (id) => receiverAddress(find(id)),
    }),
  }

  return {
    access,
    list,
    usingKey: (keyId) => store.read().servers.flatMap((server) => (server.keyId === keyId ? [server.name] : [])),
    appsChanged: () => news.soon(),
    onReceiver: (listener) => {
      listeners = [...listeners, listener]
    },
    handlers: createServerHandlers({
      ...parts,
      newId: randomUUID,
      access,
      find,
      present: (id) => present(find(id)),
      list,
      change,
      check,
      stopCheck,
      drop: (place) => connections.drop(place),
      add: async (record) => {
        await store.update(({ servers }) => ({ servers: [...servers, record] }))
        news.soon()
      },
      forget: async (id) => {
        await store.update(({ servers }) => ({ servers: servers.filter((server) => server.id !== id) }))
        news.soon()
      },
      receiverMoved: (id) => {
        for (const listener of listeners) listener(id)
      },
    }),
    stop: async () => {
      news.stop()
      connections.stop()
      await Promise.all([...running.keys()].map(stopCheck))
    },
  }
}
