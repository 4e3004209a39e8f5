import { Failure } from '../../src-preload/contract/outcome'
import { openBySshKeygen } from './key-formats/by-ssh-keygen'
import { openTraditional } from './key-formats/encrypted-pem'
import { openPkcs8 } from './key-formats/encrypted-pkcs8'
import { type FoundKey, findKey } from './key-formats/find-key'
import { openOpenSsh, opensshCipher } from './key-formats/openssh-key'
import { otherTypeOf } from './key-formats/other-types'
import { openPutty } from './key-formats/putty-key'
import { keyTypes } from './public-key'

/** A private key as OpenSSH reads it, without a passphrase, and its public line. Plain strings: this crosses a thread. */
export interface ReadKey {
  readonly privateKey: string
  readonly publicKey: string
}

const isEncrypted = (found: FoundKey): boolean => {
  if (found.kind === 'putty') return found.encryption !== 'none'
  if (found.label === 'OPENSSH PRIVATE KEY') return opensshCipher(found.body) !== 'none'
  return found.label === 'ENCRYPTED PRIVATE KEY' || found.dek !== null
}

/** What the text looks like, before anything is decrypted. */
export const looksEncrypted = (text: string): boolean => {
  try {
    return isEncrypted(findKey(text))
  } catch {
    return false
  }
}

const toPem = (label: string, body: Buffer, headers = ''): string =>
  `-----BEGIN ${label}-----\n${headers}${(body.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`

const ofDer = (label: string, body: Buffer): string => {
  const type = label === 'DSA PRIVATE KEY' ? 'dsa' : otherTypeOf(body)
  if (type !== null && label !== 'RSA PRIVATE KEY') throw new Failure('key-type-refused', { type })
  return toPem(label, body)
}

/** Ciphers that OpenSSL keeps in its legacy provider: OpenSSH says of them that the passphrase is wrong, whatever it is. */
const legacyCiphers = /^(?:des-cbc|des-cfb|des-ofb|seed|idea|rc2|rc4|rc5|bf|cast)|^PBE-(?!SHA1-[23]DES)/i

/** The key as PEM without a passphrase. */
const open = async (found: FoundKey, passphrase: string): Promise<string> => {
  if (found.kind === 'putty') return toPem('OPENSSH PRIVATE KEY', await openPutty(found, passphrase))
  const { label, body, dek } = found
  if (label === 'OPENSSH PRIVATE KEY') return toPem(label, await openOpenSsh(body, passphrase))
  if (!isEncrypted(found)) return ofDer(label, body)
  const opened =
    dek === null ? await openPkcs8(body, passphrase) : (openTraditional(dek, body, passphrase) ?? dek.cipher)
  if (typeof opened !== 'string') return ofDer(dek === null ? 'PRIVATE KEY' : label, opened)
  const headers =
    dek === null ? '' : `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${dek.cipher},${dek.iv.toString('hex').toUpperCase()}\n\n`
  const rewritten = legacyCiphers.test(opened) ? null : await openBySshKeygen(toPem(label, body, headers), passphrase)
  if (rewritten === null) throw new Failure('key-unreadable', { reason: 'other-encryption', format: opened })
  return rewritten
}

/**
 * Reads a private key: OpenSSH, PEM (PKCS#1, SEC 1), PKCS#8 or PuTTY, with its passphrase if it has one.
 * Deriving a key from a passphrase takes as long as the file says, so this runs in a worker that can be ended.
 * @throws Failure `key-unreadable` (with `reason`), `passphrase-wrong`, `key-type-refused`
 */
export const readPrivateKey = async (text: string, passphrase: string): Promise<ReadKey> => {
  const found = findKey(text)
  if (isEncrypted(found) && passphrase === '') throw new Failure('passphrase-wrong', { reason: 'needed' })
  const { default: sshpk } = await import('sshpk')
  try {
    const key = sshpk.parsePrivateKey(await open(found, passphrase), 'auto', { filename: 'key' })
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
    // The library's message can quote the file, so it goes no further.
    const reason = found.kind === 'pem' && !found.complete ? 'cut-off' : 'format'
    throw new Failure('key-unreadable', { reason })
  }
}
