import { Failure } from '../../src-preload/contract/outcome'
import { keyTypes } from './public-key'

/** A private key as OpenSSH reads it, without a passphrase, and its public line. Plain strings: this crosses a thread. */
export interface ReadKey {
  readonly privateKey: string
  readonly publicKey: string
}

/** What the text looks like, before anything is decrypted. */
export const looksEncrypted = (text: string): boolean =>
  /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED|^Encryption: (?!none)/m.test(text) ||
  opensshCipher(text) !== 'none'

/** The cipher named in an OpenSSH private key (PROTOCOL.key), `none` when it is open or another format. */
const opensshCipher = (text: string): string => {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)/.exec(text)?.[1]
  if (body === undefined) return 'none'
  const bytes = Buffer.from(body, 'base64')
  const length = bytes.length > 19 ? bytes.readUInt32BE(15) : 0
  return length > 0 && length < 64 ? bytes.toString('latin1', 19, 19 + length) : 'none'
}

/**
 * Reads a private key: OpenSSH, PEM (PKCS#1, SEC 1), PKCS#8 or PuTTY, with its passphrase if it has one.
 * Deriving a key from a passphrase takes as long as the file says, so this runs in a worker that can be ended.
 * @throws Failure `key-unreadable` (with `reason`), `passphrase-wrong`, `key-type-refused`
 */
export const readPrivateKey = async (text: string, passphrase: string): Promise<ReadKey> => {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (
    /^(ssh-|ecdsa-|sk-)\S+ [A-Za-z0-9+/=]+/.test(trimmed) ||
    trimmed.includes('BEGIN SSH2 PUBLIC KEY') ||
    /BEGIN (RSA )?PUBLIC KEY/.test(trimmed)
  ) {
    throw new Failure('key-unreadable', { reason: 'public-key' })
  }
  if (!/PRIVATE KEY-----|^PuTTY-User-Key-File-[23]:/m.test(trimmed))
    throw new Failure('key-unreadable', { reason: 'not-a-key' })
  const encrypted = looksEncrypted(trimmed)
  if (encrypted && passphrase === '') throw new Failure('passphrase-wrong', { reason: 'needed' })
  if (/^PuTTY-User-Key-File-3:/m.test(trimmed) && encrypted)
    throw new Failure('key-unreadable', { reason: 'putty-3-encrypted' })
  const { default: sshpk } = await import('sshpk')
  try {
    const key = sshpk.parsePrivateKey(`${trimmed}\n`, 'auto', { ...(encrypted ? { passphrase } : {}), filename: 'key' })
    const publicKey = key.toPublic().toString('ssh')
    const [type = '', blob = '', ...comment] = publicKey.split(' ')
    if (!(keyTypes as readonly string[]).includes(type)) throw new Failure('key-type-refused', { type })
    const name = comment.join(' ') === 'key' ? '' : comment.join(' ')
    return {
      privateKey: key.toString('openssh'),
      publicKey: [type, blob, name.replace(/[^\x20-\x7e]/g, '')].filter((part) => part !== '').join(' '),
    }
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    const wrong =
      encrypted &&
      /passphrase|decrypt|incorrect|bad/i.test(cause instanceof Error ? `${cause.name} ${cause.message}` : '')
    // The library's message can quote the file, so it goes no further.
    throw wrong ? new Failure('passphrase-wrong') : new Failure('key-unreadable', { reason: 'format' })
  }
}
