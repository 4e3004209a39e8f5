import { createHash } from 'node:crypto'
import type { Clock } from './clock'
import type { Credential } from './credentials'

/** A public key that opens one repository (or, on some forges, several). */
export interface DeployKey {
  readonly id: number
  readonly repositoryId: number
  title: string
  /** `type base64`, without its comment. */
  readonly key: string
  readonly comment: string
  /** `SHA256:` and unpadded base64, as OpenSSH prints it. */
  readonly fingerprint: string
  /** Whether it may push. */
  canPush: boolean
  /** Whether an organisation switched it off, which GitHub can. */
  disabled?: boolean
  readonly createdAt: number
  readonly expiresAt: string | null
  readonly addedBy: string
  /** The credential that made it; on GitHub some keys die with it. */
  readonly credential: Credential
}

/** A public key in the one-line form of OpenSSH, taken apart. */
export interface PublicKey {
  readonly key: string
  readonly comment: string
  readonly fingerprint: string
}

const TYPES = ['ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521']

/** Reads `ssh-ed25519 AAAA... comment`; null when it is not a key of a known type. */
export function parsePublicKey(line: string): PublicKey | null {
  const [type = '', blob = '', ...comment] = line.trim().split(/\s+/)
  if (!TYPES.includes(type) || !/^[A-Za-z0-9+/]+={0,2}$/.test(blob)) return null
  const bytes = Buffer.from(blob, 'base64')
  if (bytes.length < 4 + type.length || bytes.readUInt32BE(0) !== type.length) return null
  if (bytes.subarray(4, 4 + type.length).toString('latin1') !== type) return null
  const digest = createHash('sha256').update(bytes).digest('base64').replace(/=+$/, '')
  return { key: `${type} ${blob}`, comment: comment.join(' '), fingerprint: `SHA256:${digest}` }
}

/** Deploy keys of all repositories, and the keys that belong to people. */
export interface DeployKeys {
  /** `id` is given where a key that exists is opened for one more repository. */
  add(key: Omit<DeployKey, 'id' | 'createdAt'>, id?: number): DeployKey
  of(repositoryId: number): readonly DeployKey[]
  all(): readonly DeployKey[]
  find(repositoryId: number, id: string): DeployKey | null
  /** Entries with this fingerprint; one for each repository that it opens. */
  withFingerprint(fingerprint: string): readonly DeployKey[]
  remove(key: DeployKey): void
  removeOf(repositoryId: number): void
  /** Keys (by fingerprint) that are some person's own; their use as deploy key is refused. */
  readonly personal: Map<string, number>
}

/** No keys yet. */
export function noDeployKeys(clock: Clock): DeployKeys {
  let keys: readonly DeployKey[] = []
  let nextId = 3_001
  const listed = (repositoryId: number): readonly DeployKey[] => keys.filter((key) => key.repositoryId === repositoryId)
  return {
    personal: new Map(),
    add: (key, id = nextId++) => {
      const added = { ...key, id, createdAt: clock.now() }
      keys = [...keys, added]
      return added
    },
    of: listed,
    all: () => keys,
    find: (repositoryId, id) => listed(repositoryId).find((key) => String(key.id) === id) ?? null,
    withFingerprint: (fingerprint) => keys.filter((key) => key.fingerprint === fingerprint),
    remove: (key) => {
      keys = keys.filter((one) => one !== key)
    },
    removeOf: (repositoryId) => {
      keys = keys.filter((key) => key.repositoryId !== repositoryId)
    },
  }
}
