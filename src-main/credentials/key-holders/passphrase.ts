import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { Failure } from '../../../src-preload/contract/outcome'
import { seal, unseal } from '../envelope'
import { Secret } from '../secret'
import type { KeyHolder, RecordOf } from './key-holder'

/** Fewest characters of a passphrase (NIST SP 800-63B section 3.1.1.2 asks for 8 where it is not the only factor). */
export const shortestPassphrase = 8

type Parameters = Pick<RecordOf<'passphrase'>, 'cost' | 'blockSize' | 'parallelism'>

/** OWASP Password Storage Cheat Sheet: N = 2^17, r = 8, p = 1. Takes 128 MB and about half a second, on a thread of its own. */
const strong: Parameters = { cost: 2 ** 17, blockSize: 8, parallelism: 1 }

const label = 'data-key'

const derive = (passphrase: Secret, salt: Buffer, { cost, blockSize, parallelism }: Parameters): Promise<Secret> => {
  const options: ScryptOptions = { cost, blockSize, parallelization: parallelism, maxmem: 130 * cost * blockSize * 2 }
  // The same words typed on another keyboard may be composed differently (Unicode Annex 15).
  const text = passphrase.reveal().normalize('NFKC')
  return new Promise((resolve, reject) => {
    scrypt(text, salt, 32, options, (error, derived) => {
      if (error === null) resolve(new Secret(derived.toString('base64')))
      else reject(error)
    })
  })
}

/**
 * Wraps the data key in one derived from a passphrase (scrypt, RFC 7914). `fetch` fails with `passphrase-wrong`,
 * `keep` with `invalid-input` when it is too short.
 */
export const createPassphraseHolder = (passphrase: Secret, parameters = strong): KeyHolder<'passphrase'> => ({
  name: 'passphrase',
  title: null,
  available: async () => true,
  keep: async (_, key) => {
    if ([...passphrase.reveal()].length < shortestPassphrase) {
      throw new Failure('invalid-input', { field: 'passphrase', least: String(shortestPassphrase) })
    }
    const salt = randomBytes(16)
    const wrapped = seal(await derive(passphrase, salt, parameters), label, key)
    return { name: 'passphrase', salt: salt.toString('base64'), ...parameters, wrapped }
  },
  fetch: async (record) => {
    const key = await derive(passphrase, Buffer.from(record.salt, 'base64'), record)
    try {
      return unseal(key, label, record.wrapped)
    } catch (error) {
      if (error instanceof Failure && error.facts.reason === 'seal') throw new Failure('passphrase-wrong')
      throw error
    }
  },
  forget: async () => {},
  dismiss: () => {},
})
