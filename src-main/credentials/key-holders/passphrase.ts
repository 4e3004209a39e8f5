import { randomBytes } from 'node:crypto'
import { Failure } from '../../../src-preload/contract/outcome'
import { seal, unseal } from '../envelope'
import type { Secret } from '../secret'
import type { DeriveKey, DeriveParameters } from './derive-key'
import type { KeyHolder } from './key-holder'

/** Fewest characters of a passphrase (NIST SP 800-63B section 3.1.1.2 asks for 8 where it is not the only factor). */
export const shortestPassphrase = 8

/** OWASP Password Storage Cheat Sheet: N = 2^17, r = 8, p = 1. Takes 128 MB and about half a second. */
const strong: DeriveParameters = { cost: 2 ** 17, blockSize: 8, parallelism: 1 }

const label = 'data-key'

/**
 * Wraps the data key in one derived from a passphrase (scrypt, RFC 7914). `fetch` fails with `passphrase-wrong`,
 * `keep` with `invalid-input` when it is too short.
 */
export const createPassphraseHolder = (
  passphrase: Secret,
  derive: DeriveKey,
  parameters = strong,
): KeyHolder<'passphrase'> => ({
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
