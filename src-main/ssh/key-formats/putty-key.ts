import { createDecipheriv, createHash, createHmac } from 'node:crypto'
import { Failure } from '../../../src-preload/contract/outcome'
import { string, wireReader } from '../wire'
import type { FoundKey } from './find-key'
import { writeOpenSsh } from './openssh-key'

type PuttyKey = Extract<FoundKey, { kind: 'putty' }>

/** More memory than this no passphrase needs, in KiB; PuTTY itself writes 8,192. */
const mostMemoryKib = 512 * 1024

interface Keys {
  readonly cipher: Buffer
  readonly iv: Buffer
  readonly mac: Buffer
}

const sha1 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha1')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const keysOfVersion2 = (passphrase: string, encrypted: boolean): Keys => ({
  cipher: Buffer.concat([
    sha1(Buffer.from([0, 0, 0, 0]), passphrase),
    sha1(Buffer.from([0, 0, 0, 1]), passphrase),
  ]).subarray(0, 32),
  iv: Buffer.alloc(16),
  mac: sha1('putty-private-key-file-mac-key', encrypted ? passphrase : ''),
})

/** Argon2 (RFC 9106) brings key, initialization vector and MAC key in one piece. */
const keysOfVersion3 = async (key: PuttyKey, passphrase: string): Promise<Keys> => {
  if (key.encryption === 'none') return { cipher: Buffer.alloc(0), iv: Buffer.alloc(0), mac: Buffer.alloc(0) }
  const { derivation } = key
  if (derivation === null) throw new Failure('key-unreadable', { reason: 'format' })
  if (derivation.memoryKib > mostMemoryKib) throw new Failure('key-unreadable', { reason: 'too-slow' })
  const { argon2d, argon2i, argon2id } = await import('@noble/hashes/argon2')
  const derive = { Argon2d: argon2d, Argon2i: argon2i, Argon2id: argon2id }[derivation.flavour] ?? argon2id
  const cost = { t: derivation.passes, m: derivation.memoryKib, p: derivation.parallelism, dkLen: 80 }
  const derived = Buffer.from(derive(Buffer.from(passphrase), derivation.salt, cost))
  return { cipher: derived.subarray(0, 32), iv: derived.subarray(32, 48), mac: derived.subarray(48) }
}

/** The fields of the private half as OpenSSH orders them, from PuTTY's order. */
const fieldsOf = ({ type, publicBlob }: PuttyKey, open: Buffer): readonly Buffer[] => {
  const known = wireReader(publicBlob)
  if (known.string().toString('latin1') !== type) throw new Failure('key-unreadable', { reason: 'format' })
  const hidden = wireReader(open)
  if (type === 'ssh-ed25519') {
    const point = known.string()
    return [point, Buffer.concat([hidden.string(), point])]
  }
  if (type === 'ssh-rsa') {
    const [e, n] = [known.string(), known.string()]
    const [d, p, q, inverse] = [hidden.string(), hidden.string(), hidden.string(), hidden.string()]
    return [n, e, d, inverse, p, q]
  }
  if (type.startsWith('ecdsa-sha2-')) return [known.string(), known.string(), hidden.string()]
  throw new Failure('key-type-refused', { type })
}

/**
 * A PuTTY private key of version 2 or 3 (PuTTY manual, appendix C) as an open OpenSSH container.
 * @throws Failure `passphrase-wrong`, `key-unreadable`, `key-type-refused`
 */
export const openPutty = async (key: PuttyKey, passphrase: string): Promise<Buffer> => {
  const { version, type, encryption, comment, publicBlob, privateBlob } = key
  const encrypted = encryption !== 'none'
  if (encrypted && encryption !== 'aes256-cbc')
    throw new Failure('key-unreadable', { reason: 'other-encryption', format: encryption })
  const keys = version === 2 ? keysOfVersion2(passphrase, encrypted) : await keysOfVersion3(key, passphrase)
  let open = privateBlob
  if (encrypted) {
    if (privateBlob.length % 16 !== 0) throw new Failure('key-unreadable', { reason: 'format' })
    const cipher = createDecipheriv('aes-256-cbc', keys.cipher, keys.iv).setAutoPadding(false)
    open = Buffer.concat([cipher.update(privateBlob), cipher.final()])
  }
  // A blank behind the comment, which is signed, may have come with the copy.
  const signed = [comment, comment.trimEnd()].find((said) => {
    const text = Buffer.concat([type, encryption, said, publicBlob, open].map(string))
    const mac = createHmac(version === 2 ? 'sha1' : 'sha256', keys.mac)
    return mac.update(text).digest('hex') === key.mac
  })
  if (signed === undefined)
    throw encrypted ? new Failure('passphrase-wrong') : new Failure('key-unreadable', { reason: 'format' })
  return writeOpenSsh(publicBlob, type, fieldsOf(key, open), signed)
}
