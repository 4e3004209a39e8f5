import type { Server, ServerRemnant } from '../../../src-preload/contract/entities/server'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import type { servers } from '../../../src-preload/contract/servers'
import type { Clock } from '../../clock'
import { Secret } from '../../credentials/secret'
import { createPilot } from '../../deploy/pilot'
import { openSession } from '../../ssh/session'
import { createSessionPool } from '../../ssh/session-pool'
import type { RemovalPlan, Removals } from '../apps/removals'
import type { HostLook } from '../host-keys/look-at-host'
import type { KeyStore } from '../ssh-keys/key-store'
import { noChecks } from './check-server'
import type { ServerAccess } from './create-servers'
import { type LoginPlace, placeName } from './login-place'
import { readPlace } from './read-place'
import { readRemnants } from './remnants'
import type { ServerRecord } from './servers-document'

export type ServerHandlers = Handlers<typeof servers>

/** What the window's methods are made of. */
export interface HandlerParts {
  readonly hosts: Pick<HostLook, 'confirm' | 'trust'>
  readonly keys: Pick<KeyStore, 'create' | 'get' | 'remove'>
  readonly clock: Clock
  readonly removals: Pick<Removals, 'take'>
  readonly access: ServerAccess
  readonly newId: () => string
  readonly find: (id: string) => ServerRecord
  readonly present: (id: string) => Server
  readonly list: () => readonly Server[]
  readonly appsOn: (id: string) => readonly string[]
  readonly appOfKey: (key: string) => string | null
  readonly change: (id: string, fields: (record: ServerRecord) => Partial<ServerRecord>) => Promise<ServerRecord>
  readonly add: (record: ServerRecord) => Promise<void>
  readonly forget: (id: string) => Promise<void>
  readonly check: (id: string) => Promise<void>
  readonly stopCheck: (id: string) => Promise<void>
  readonly drop: (place: LoginPlace) => void
  readonly receiverMoved: (id: string) => void
}

/** An unused login by password is left after this time. */
const loginMs = 60_000

/** The usual port of Debian's webhook. */
const usualPort = 9000

const firstReceiver: ServerRecord['receiver'] = {
  state: 'unknown',
  listen: 'own-port',
  port: usualPort,
  certificate: null,
  publicUrl: null,
  keptBy: 'nothing',
  chosen: false,
}

/** An address that providers can call: https, or http where somebody insists, without credentials or query. */
const readPublicUrl = (text: string): string => {
  let url: URL
  try {
    url = new URL(text)
  } catch (cause) {
    throw new Failure('address-refused', { reason: 'host-invalid' }, { cause })
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Failure('address-refused', { reason: 'scheme' })
  if (url.username !== '' || url.password !== '') throw new Failure('address-refused', { reason: 'credentials' })
  if (url.search !== '' || url.hash !== '') throw new Failure('address-refused', { reason: 'query' })
  return url.href.replace(/\/+$/, '')
}

export const createServerHandlers = (parts: HandlerParts): ServerHandlers => {
  const { keys, find, present, change, access } = parts

  const madeKey = async (name: string): Promise<string> =>
    (await keys.create('ed25519', `Server ${name}`.slice(0, 80))).id
  const noTwin = (place: LoginPlace, except: string | null) => {
    const twin = parts.list().find((server) => server.id !== except && placeName(server) === placeName(place))
    if (twin !== undefined) throw new Failure('conflict', { what: 'server', name: twin.name })
  }

  return {
    list: async () => [...parts.list()],
    add: async ({ name, port, keyId, ...rest }) => {
      const { host, user } = readPlace(rest.host, rest.user)
      if (keyId !== null) keys.get(keyId)
      if (keyId !== null) noTwin({ host, port, user, keyId }, null)
      const record: ServerRecord = {
        id: parts.newId(),
        name,
        host,
        port,
        user,
        keyId: keyId ?? (await madeKey(name)),
        keyMade: keyId === null,
        state: 'checking',
        reason: null,
        checks: [...noChecks],
        hostKey: null,
        checkedAt: null,
        receiver: firstReceiver,
      }
      await parts.add(record)
      void parts.check(record.id)
      return present(record.id)
    },
    edit: async ({ id, name, port, keyId, ...rest }) => {
      const { host, user } = readPlace(rest.host, rest.user)
      const before = find(id)
      if (keyId !== null) keys.get(keyId)
      const place = { host, port, user, keyId: keyId ?? before.keyId }
      noTwin(place, id)
      const moved = placeName(place) !== placeName(before)
      if (moved) {
        await parts.stopCheck(id)
        parts.drop(before)
      }
      await change(id, ({ keyMade }) => ({ ...place, name, keyMade: keyMade && place.keyId === before.keyId }))
      if (moved) void parts.check(id)
      return present(id)
    },
    installKey: async ({ id, password }) => {
      const server = find(id)
      const trust = await parts.hosts.trust(server.host, server.port, AbortSignal.timeout(20_000))
      const way = { kind: 'password', password: new Secret(password) } as const
      const pool = createSessionPool({
        connect: () => openSession(server, way, trust),
        host: server.host,
        limit: { channels: 1 },
        most: 1,
        again: false,
        idleMs: loginMs,
        clock: parts.clock,
      })
      try {
        const { publicKey } = keys.get(server.keyId)
        await createPilot(pool, server.host).call('authorize', [['public', publicKey]])
      } finally {
        pool.close()
      }
      await parts.check(id)
      return present(id)
    },
    confirmHostKey: async ({ id, fingerprint }) => {
      const { host, port } = find(id)
      await parts.hosts.confirm(host, port, fingerprint, AbortSignal.timeout(20_000))
      await change(id, () => ({ hostKey: null, state: 'checking' }))
      void parts.check(id)
      return present(id)
    },
    check: async ({ id }) => {
      find(id)
      await parts.check(id)
      return present(id)
    },
    checkAll: async () => {
      for (const { id } of parts.list()) void parts.check(id)
      return undefined
    },
    installReceiver: async ({ id, password }) => {
      const fields = password === null ? [] : [['secret', password] as const]
      // A package manager downloads at its own pace.
      await access.run(id, (pilot) => pilot.call('install-receiver', fields, { timeout: 600_000 }))
      if (find(id).receiver.chosen) await access.receivers.apply(id)
      await parts.check(id)
      return present(id)
    },
    setReceiver: async ({ id, listen, port, certificate, publicUrl }) => {
      const wanted = { listen, port, certificate, publicUrl: publicUrl === null ? null : readPublicUrl(publicUrl) }
      await change(id, ({ receiver }) => ({ receiver: { ...receiver, ...wanted, chosen: true } }))
      if (parts.appsOn(id).length > 0) await access.receivers.apply(id)
      parts.receiverMoved(id)
      return present(id)
    },
    startReceiver: async ({ id }) => {
      await access.receivers.apply(id)
      await parts.check(id)
      return present(id)
    },
    remnants: async ({ id }): Promise<ServerRemnant[]> => {
      const answer = await access.run(id, (pilot) => pilot.call('remnants', [], { timeout: 120_000 }))
      const { keyMade } = find(id)
      return readRemnants(answer, keyMade, parts.appOfKey)
    },
    remove: async ({ id, clean }) => {
      const server = find(id)
      const apps = parts.appsOn(id)
      if (apps.length > 0) throw new Failure('conflict', { what: 'server', apps: String(apps.length) })
      await parts.stopCheck(id)
      const { host, port, user, keyId, keyMade, name } = server
      const place = { host, port, user, keyId }
      const publicKey = keyMade ? keys.get(keyId).publicKey : null
      const onServer: RemovalPlan = {
        shows: [
          { what: 'receiver', name: '~/.cloudaipilot' },
          ...(keyMade ? [{ what: 'authorized-key', name: '~/.ssh/authorized_keys' } as const] : []),
        ],
        action: clean ? { kind: 'server', place, publicKey } : { kind: 'nothing' },
      }
      // Without its key nothing could be tried again.
      const ownKey: RemovalPlan = {
        shows: [{ what: 'local-secret', name: keys.get(keyId).name }],
        action: { kind: 'login-key', id: keyId },
        last: true,
      }
      await parts.forget(id)
      const removal = await parts.removals.take({ id, kind: 'server', name }, [onServer, ...(keyMade ? [ownKey] : [])])
      parts.drop(place)
      return removal
    },
  }
}
