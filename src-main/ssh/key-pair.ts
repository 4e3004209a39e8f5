import { Failure } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'

/** A key pair for SSH: the private half in OpenSSH's or PEM format, the public half as one line. */
export interface KeyPair {
  readonly privateKey: Secret
  readonly publicKey: string
}

/** Ed25519 unless a host is too old for it; RSA always with 4,096 bits. */
export type KeyKind = 'ed25519' | 'rsa-4096'

/**
 * Makes a key pair. Neither kind blocks the thread: Ed25519 takes well under a millisecond, RSA is made by the
 * native generator in the background.
 * @param comment names the machine and the account; control characters are dropped.
 */
export const createKeyPair = async (kind: KeyKind, comment: string): Promise<KeyPair> => {
  const printable = comment.replace(/[^\x20-\x7e]/g, '').slice(0, 120)
  return kind === 'ed25519' ? createEd25519(printable) : createRsa(printable)
}

const createEd25519 = async (comment: string): Promise<KeyPair> => {
  const { utils } = (await import('ssh2')).default
  let pair = utils.generateKeyPairSync('ed25519', { comment })
  // About one pair in a few hundred is written malformed by the library; such a pair is made anew.
  while (utils.parseKey(pair.private) instanceof Error) pair = utils.generateKeyPairSync('ed25519', { comment })
  return { privateKey: new Secret(pair.private), publicKey: pair.public.trim() }
}

const createRsa = async (comment: string): Promise<KeyPair> => {
  const forge = (await import('node-forge')).default
  return new Promise((resolve, reject) => {
    forge.pki.rsa.generateKeyPair({ bits: 4096, e: 0x10001, workers: -1 }, (error, pair) => {
      if (error !== null) reject(new Failure('unexpected', { where: 'ssh.key-pair' }, { cause: error }))
      else
        resolve({
          privateKey: new Secret(forge.ssh.privateKeyToOpenSSH(pair.privateKey)),
          publicKey: forge.ssh.publicKeyToOpenSSH(pair.publicKey, comment).trim(),
        })
    })
  })
}
