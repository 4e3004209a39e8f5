import { Failure } from '../../src-preload/contract/outcome'

/** An OpenSSH public key: `type base64 comment` (sshd(8), AUTHORIZED_KEYS FILE FORMAT, without options). */
export interface PublicKey {
  readonly type: string
  /** The key itself as it goes over the wire (RFC 4253 section 6.6). */
  readonly blob: Buffer
  readonly comment: string
}

/** Key types that today's servers accept; DSA and security-key types are left out on purpose. */
export const keyTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
] as const

/**
 * Parses one public key line. The type named in front has to be the one inside the blob.
 * @throws Failure `key-unreadable`
 */
export const parsePublicKey = (line: string): PublicKey => {
  const [type = '', encoded = '', ...comment] = line.trim().split(/[ \t]+/)
  if (!(keyTypes as readonly string[]).includes(type) || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) {
    throw new Failure('key-unreadable', { reason: 'not-a-public-key' })
  }
  const blob = Buffer.from(encoded, 'base64')
  if (innerType(blob) !== type) throw new Failure('key-unreadable', { reason: 'type-mismatch' })
  return { type, blob, comment: comment.join(' ') }
}

/** The type written inside a key blob, or null when it holds none. */
const innerType = (blob: Buffer): string | null => {
  if (blob.length < 4) return null
  const length = blob.readUInt32BE(0)
  return length <= 64 && blob.length >= 4 + length ? blob.toString('latin1', 4, 4 + length) : null
}

/** The type inside a key as it goes over the wire, or '' when it holds none. */
export const typeOf = (blob: Buffer): string => innerType(blob) ?? ''

/** Writes a key as one line. */
export const formatPublicKey = ({ type, blob, comment }: PublicKey): string =>
  [type, blob.toString('base64'), comment].filter((part) => part !== '').join(' ')
