import { randomUUID } from 'node:crypto'
import type { DeployKeyPlace, SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Secret } from '../../credentials/secret'
import type { Vault } from '../../credentials/vault'
import { agentCertificate } from '../../ssh/agent-keys'
import { fingerprint, randomart } from '../../ssh/fingerprint'
import { createKeyPair, type KeyKind, type KeyPair } from '../../ssh/key-pair'
import { parsePublicKey } from '../../ssh/public-key'
import type { LoginKey } from '../../ssh/ssh-login'
import type { Store } from '../../storage/store'
import { certificateFacts, requireCertificate } from './key-certificate'
import { bitsOf, shortName } from './key-facts'

/** What is kept on disk about a key. Its private half is in the vault under `ssh-key/<id>`, or in a running agent. */
export interface KeyRecord {
  readonly id: string
  readonly name: string
  readonly from: SshKey['from']
  readonly publicKey: string
  /** Unix ms. */
  readonly createdAt: number
  readonly lastUsedAt: number | null
  readonly replacedBy: string | null
  /** A line of a `*-cert.pub` file. */
  readonly certificate?: string | null
}

/** The keys that the app can offer. */
export interface KeyStore {
  list(): readonly SshKey[]
  /** @throws Failure `not-found` */
  get(id: string): SshKey
  /** Makes a pair; resolves when the private half is durable. */
  create(kind: KeyKind, name: string): Promise<SshKey>
  /** Keeps a pair that was read from elsewhere; a key that is here already is returned as it is. */
  keep(pair: KeyPair, name: string): Promise<SshKey>
  /** Offers a certificate with a key from now on, or none. @throws Failure `key-unreadable` when it is not for this key */
  certify(id: string, text: string | null): Promise<SshKey>
  /** Remembers a key of the running agent. */
  keepAgentKey(publicKey: string, name: string): Promise<SshKey>
  rename(id: string, name: string): Promise<SshKey>
  /** @throws Failure `conflict` while accounts or anything else use it */
  remove(id: string): Promise<void>
  /** Makes the successor of a key, or finds the one that was made; the old one stays until it is removed. */
  rotate(id: string): Promise<SshKey>
  /** The private half, for one operation. @throws Failure `not-found`, or what the vault says */
  login(id: string): Promise<LoginKey>
  used(id: string): Promise<void>
  /** Takes up keys whose private half is kept but whose record was lost, by a kill or with a damaged file. */
  recover(): Promise<void>
}

/** What `createKeyStore` needs. */
export interface KeyStoreParts {
  readonly store: Store<readonly KeyRecord[]>
  readonly vault: Vault
  readonly now: () => number
  /** Accounts that sign in with the key that has this fingerprint. */
  readonly accountsOf: (print: string) => readonly string[]
  /** What else depends on a key, in words, e.g. the repository whose deploy key it is. */
  readonly usedBy: (id: string) => readonly string[]
  /** Repositories whose deploy key it is. */
  readonly deployKeyOf: (id: string) => readonly DeployKeyPlace[]
  /** Reads a private key of ours again. */
  readonly readKey: (text: string, passphrase: string) => Promise<KeyPair>
  /** Socket of the person's own ssh-agent, or null. */
  readonly agentSocket: () => string | null
  /** Told after every change. */
  readonly changed: () => void
  /** Name of this computer, for the comment in the public key. */
  readonly machine: string
}

const vaultFolder = 'ssh-key/'
const vaultName = (id: string) => `${vaultFolder}${id}`

/** What the successor of a key is called until the old one goes. */
const successorName = (name: string): string => `${name.slice(0, 70)} (new)`

export const createKeyStore = (parts: KeyStoreParts): KeyStore => {
  const { vault, now } = parts
  /** Keys whose private half is kept already, but whose record is not. */
  const beginning = new Set<string>()
  const store: Store<readonly KeyRecord[]> = {
    read: parts.store.read,
    update: async (change) => {
      const records = await parts.store.update(change)
      parts.changed()
      return records
    },
  }
  const find = (id: string): KeyRecord => {
    const record = store.read().find((key) => key.id === id)
    if (record === undefined) throw new Failure('not-found', { what: 'ssh-key' })
    return record
  }
  const shown = (record: KeyRecord): SshKey => {
    const { type, blob } = parsePublicKey(record.publicKey)
    const bits = bitsOf(type, blob)
    const print = fingerprint(blob)
    return {
      ...record,
      type,
      bits,
      fingerprint: print,
      randomart: randomart(blob, `${shortName(type)} ${bits}`),
      accounts: [...parts.accountsOf(print)],
      deployKeyOf: [...parts.deployKeyOf(record.id)],
      usedBy: [...parts.usedBy(record.id)],
      certificate: certificateFacts(record.certificate),
    }
  }
  const existing = (publicKey: string): KeyRecord | undefined => {
    const { blob } = parsePublicKey(publicKey)
    return store.read().find((key) => parsePublicKey(key.publicKey).blob.equals(blob))
  }
  const add = async (from: KeyRecord['from'], publicKey: string, name: string, privateKey: Secret | null) => {
    const known = existing(publicKey)
    if (known !== undefined) return shown(known)
    const record = { id: randomUUID(), name, from, publicKey, createdAt: now(), lastUsedAt: null, replacedBy: null }
    beginning.add(record.id)
    try {
      // The secret first: a record without its key would be a promise that can't be kept.
      if (privateKey !== null) await vault.set(vaultName(record.id), privateKey)
      await store.update((keys) => [...keys, record])
    } catch (error) {
      // The person is told that it failed, so it must not come back by itself.
      if (privateKey !== null) await vault.delete(vaultName(record.id)).catch(() => undefined)
      throw error
    } finally {
      beginning.delete(record.id)
    }
    return shown(record)
  }
  const change = async (id: string, fields: Partial<KeyRecord>): Promise<SshKey> => {
    find(id)
    await store.update((keys) => keys.map((key) => (key.id === id ? { ...key, ...fields } : key)))
    return shown(find(id))
  }
  const make = async (kind: KeyKind, name: string): Promise<SshKey> => {
    const pair = await createKeyPair(kind, `${name} (CloudAIPilot on ${parts.machine})`)
    return add('made', pair.publicKey, name, pair.privateKey)
  }

  return {
    list: () => store.read().map(shown),
    get: (id) => shown(find(id)),
    create: make,
    keep: (pair, name) => add('imported', pair.publicKey, name, pair.privateKey),
    keepAgentKey: (publicKey, name) => add('agent', publicKey, name, null),
    certify: async (id, text) =>
      change(id, { certificate: text === null ? null : requireCertificate(text, find(id).publicKey, now()) }),
    rename: (id, name) => change(id, { name }),
    remove: async (id) => {
      const { name, replacedBy } = find(id)
      const { length } = shown(find(id)).accounts
      const users = [
        ...(length === 0 ? [] : [length === 1 ? 'An account' : `${length} accounts`]),
        ...parts.deployKeyOf(id).map(({ path }) => path),
        ...parts.usedBy(id),
      ]
      if (users.length > 0) throw new Failure('conflict', { what: 'ssh-key', usedBy: users.join(', ') })
      await store.update((keys) =>
        keys
          .filter((key) => key.id !== id)
          .map((key) => (key.replacedBy === id ? { ...key, replacedBy: null } : key))
          // The successor takes over the name as well.
          .map((key) => (key.id === replacedBy && key.name === successorName(name) ? { ...key, name } : key)),
      )
      await vault.delete(vaultName(id))
    },
    rotate: async (id) => {
      const old = find(id)
      const made = store.read().find((key) => key.id === old.replacedBy)
      if (made !== undefined) return shown(made)
      const kind = parsePublicKey(old.publicKey).type === 'ssh-rsa' ? 'rsa-4096' : 'ed25519'
      const successor = await make(kind, successorName(old.name))
      await change(id, { replacedBy: successor.id })
      return successor
    },
    login: async (id) => {
      const { from, publicKey, certificate: kept } = find(id)
      const withCertificate = (certificate: string | null | undefined) => (certificate ? { certificate } : {})
      if (from === 'agent') {
        const socket = parts.agentSocket()
        if (socket === null) throw new Failure('not-found', { what: 'ssh-agent' })
        return {
          kind: 'agent',
          socket,
          publicKey,
          ...withCertificate(kept ?? (await agentCertificate(socket, publicKey))),
        }
      }
      const privateKey = await vault.get(vaultName(id))
      if (privateKey === null) throw new Failure('not-found', { what: 'ssh-key' })
      return { kind: 'private', privateKey, publicKey, ...withCertificate(kept) }
    },
    used: async (id) => {
      await change(id, { lastUsedAt: now() })
    },
    recover: async () => {
      for (const name of await vault.names()) {
        const id = name.slice(vaultFolder.length)
        if (!name.startsWith(vaultFolder) || beginning.has(id) || store.read().some((key) => key.id === id)) continue
        const privateKey = await vault.get(name)
        if (privateKey === null) continue
        const { publicKey } = await parts.readKey(privateKey.reveal(), '')
        if (existing(publicKey) !== undefined) continue
        const record = { id, name: 'Recovered key', from: 'made' as const, publicKey, createdAt: now() }
        await store.update((keys) => [...keys, { ...record, lastUsedAt: null, replacedBy: null }])
      }
    },
  }
}
