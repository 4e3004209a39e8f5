import { randomUUID } from 'node:crypto'
import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Secret } from '../../credentials/secret'
import type { Vault } from '../../credentials/vault'
import { fingerprint, randomart } from '../../ssh/fingerprint'
import { createKeyPair, type KeyKind, type KeyPair } from '../../ssh/key-pair'
import { parsePublicKey } from '../../ssh/public-key'
import type { LoginKey } from '../../ssh/ssh-login'
import type { Store } from '../../storage/store'
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
  /** Remembers a key of the running agent. */
  keepAgentKey(publicKey: string, name: string): Promise<SshKey>
  rename(id: string, name: string): Promise<SshKey>
  /** @throws Failure `conflict` while accounts use it */
  remove(id: string): Promise<void>
  /** Makes the successor of a key; the old one stays until it is removed. */
  rotate(id: string): Promise<SshKey>
  /** The private half, for one operation. @throws Failure `not-found`, or what the vault says */
  login(id: string): Promise<LoginKey>
  used(id: string): Promise<void>
}

/** What `createKeyStore` needs. */
export interface KeyStoreParts {
  readonly store: Store<readonly KeyRecord[]>
  readonly vault: Vault
  readonly now: () => number
  /** Accounts that sign in with a key. */
  readonly accountsOf: (id: string) => readonly string[]
  /** Socket of the person's own ssh-agent, or null. */
  readonly agentSocket: () => string | null
  /** Told after every change. */
  readonly changed: () => void
  /** Name of this computer, for the comment in the public key. */
  readonly machine: string
}

const vaultName = (id: string) => `ssh-key/${id}`

export const createKeyStore = (parts: KeyStoreParts): KeyStore => {
  const { vault, now } = parts
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
    return {
      ...record,
      type,
      bits,
      fingerprint: fingerprint(blob),
      randomart: randomart(blob, `${shortName(type)} ${bits}`),
      accounts: [...parts.accountsOf(record.id)],
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
    // The secret first: a record without its key would be a promise that can't be kept.
    if (privateKey !== null) await vault.set(vaultName(record.id), privateKey)
    await store.update((keys) => [...keys, record])
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
    rename: (id, name) => change(id, { name }),
    remove: async (id) => {
      find(id)
      const accounts = parts.accountsOf(id)
      if (accounts.length > 0) throw new Failure('conflict', { what: 'ssh-key', accounts: String(accounts.length) })
      await store.update((keys) =>
        keys.filter((key) => key.id !== id).map((key) => (key.replacedBy === id ? { ...key, replacedBy: null } : key)),
      )
      await vault.delete(vaultName(id))
    },
    rotate: async (id) => {
      const old = find(id)
      const kind = parsePublicKey(old.publicKey).type === 'ssh-rsa' ? 'rsa-4096' : 'ed25519'
      const successor = await make(kind, old.name)
      await change(id, { replacedBy: successor.id })
      return successor
    },
    login: async (id) => {
      const { from, publicKey } = find(id)
      if (from === 'agent') {
        const socket = parts.agentSocket()
        if (socket === null) throw new Failure('not-found', { what: 'ssh-agent' })
        return { kind: 'agent', socket, publicKey }
      }
      const privateKey = await vault.get(vaultName(id))
      if (privateKey === null) throw new Failure('not-found', { what: 'ssh-key' })
      return { kind: 'private', privateKey, publicKey }
    },
    used: async (id) => {
      await change(id, { lastUsedAt: now() })
    },
  }
}
