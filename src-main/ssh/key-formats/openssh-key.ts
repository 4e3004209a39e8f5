import { type CipherGCMTypes, createDecipheriv } from 'node:crypto'
import { Failure } from '../../../src-preload/contract/outcome'
import { ownOf } from '../../../src-preload/contract/own'
import { string, uint32, wireReader } from '../wire'

/** Lengths of key and initialization vector in bytes, and what node calls the cipher (ssh_config(5), Ciphers). */
const ciphers: Readonly<
  Record<string, { readonly node: string; readonly key: number; readonly iv: number; readonly tag: number }>
> = {
  '3des-cbc': { node: 'des-ede3-cbc', key: 24, iv: 8, tag: 0 },
  'aes128-cbc': { node: 'aes-128-cbc', key: 16, iv: 16, tag: 0 },
  'aes192-cbc': { node: 'aes-192-cbc', key: 24, iv: 16, tag: 0 },
  'aes256-cbc': { node: 'aes-256-cbc', key: 32, iv: 16, tag: 0 },
  'rijndael-cbc@lysator.liu.se': { node: 'aes-256-cbc', key: 32, iv: 16, tag: 0 },
  'aes128-ctr': { node: 'aes-128-ctr', key: 16, iv: 16, tag: 0 },
  'aes192-ctr': { node: 'aes-192-ctr', key: 24, iv: 16, tag: 0 },
  'aes256-ctr': { node: 'aes-256-ctr', key: 32, iv: 16, tag: 0 },
  'aes128-gcm@openssh.com': { node: 'aes-128-gcm', key: 16, iv: 12, tag: 16 },
  'aes256-gcm@openssh.com': { node: 'aes-256-gcm', key: 32, iv: 12, tag: 16 },
  'chacha20-poly1305@openssh.com': { node: '', key: 64, iv: 0, tag: 16 },
}

const magic = Buffer.from('openssh-key-v1\0')

/** The cipher named in an OpenSSH private key, `none` when it is open. */
export const opensshCipher = (bytes: Buffer): string => {
  try {
    return wireReader(bytes.subarray(magic.length)).string().toString('latin1')
  } catch {
    return 'none'
  }
}

/** OpenSSH's own combination (PROTOCOL.chacha20poly1305): the first half of the key for the data, nothing is authenticated beside it. */
const openChaCha = async (key: Buffer, data: Buffer, tag: Buffer): Promise<Buffer> => {
  const { chacha20orig } = await import('@noble/ciphers/chacha')
  const { poly1305 } = await import('@noble/ciphers/_poly1305')
  const main = key.subarray(0, 32)
  const nonce = new Uint8Array(8)
  const once = chacha20orig(main, nonce, new Uint8Array(32))
  if (!Buffer.from(poly1305(data, once)).equals(tag)) throw new Failure('passphrase-wrong')
  return Buffer.from(chacha20orig(main, nonce, data, undefined, 1))
}

const decrypt = async (
  name: string,
  passphrase: string,
  options: Buffer,
  data: Buffer,
  tag: Buffer,
): Promise<Buffer> => {
  const cipher = ownOf(ciphers, name)
  if (cipher === undefined) throw new Failure('key-unreadable', { reason: 'other-encryption', format: name })
  const kdf = wireReader(options)
  const salt = kdf.string()
  const rounds = kdf.uint32()
  const { pbkdf } = await import('bcrypt-pbkdf')
  const derived = Buffer.alloc(cipher.key + cipher.iv)
  const typed = Buffer.from(passphrase)
  if (pbkdf(typed, typed.length, salt, salt.length, derived, derived.length, rounds) !== 0)
    throw new Failure('key-unreadable', { reason: 'format' })
  const key = derived.subarray(0, cipher.key)
  if (cipher.node === '') return openChaCha(key, data, tag)
  const opened = createDecipheriv(cipher.node as CipherGCMTypes, key, derived.subarray(cipher.key))
  if (cipher.tag > 0) opened.setAuthTag(tag)
  opened.setAutoPadding(false)
  try {
    return Buffer.concat([opened.update(data), opened.final()])
  } catch {
    throw new Failure('passphrase-wrong')
  }
}

/**
 * An OpenSSH private key (PROTOCOL.key) without its passphrase, still in its container.
 * @throws Failure `passphrase-wrong`, `key-unreadable`
 */
export const openOpenSsh = async (bytes: Buffer, passphrase: string): Promise<Buffer> => {
  const outer = wireReader(bytes.subarray(magic.length))
  const cipher = outer.string().toString('latin1')
  if (cipher === 'none') return bytes
  const kdf = outer.string().toString('latin1')
  const options = outer.string()
  if (kdf !== 'bcrypt') throw new Failure('key-unreadable', { reason: 'other-encryption', format: kdf })
  const count = outer.uint32()
  const publicKey = outer.string()
  const data = outer.string()
  const open = await decrypt(cipher, passphrase, options, data, outer.rest())
  if (count !== 1) throw new Failure('key-unreadable', { reason: 'several-keys' })
  // The same number twice says that the passphrase was right.
  if (open.length < 8 || open.readUInt32BE(0) !== open.readUInt32BE(4)) throw new Failure('passphrase-wrong')
  return container(publicKey, open)
}

const container = (publicKey: Buffer, open: Buffer): Buffer =>
  Buffer.concat([magic, string('none'), string('none'), string(''), uint32(1), string(publicKey), string(open)])

/** A container for a key of known parts: its type and fields as OpenSSH orders them. */
export const writeOpenSsh = (publicKey: Buffer, type: string, fields: readonly Buffer[], comment: string): Buffer => {
  const check = uint32(0x5eed5eed)
  const plain = Buffer.concat([check, check, string(type), ...fields.map(string), string(comment)])
  const padding = Buffer.from(Array.from({ length: (8 - (plain.length % 8)) % 8 }, (_, index) => index + 1))
  return container(publicKey, Buffer.concat([plain, padding]))
}
