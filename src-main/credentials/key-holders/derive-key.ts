import { type ScryptOptions, scrypt } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { Secret } from '../secret'
import type { RecordOf } from './key-holder'

/** scrypt parameters as the vault file records them. */
export type DeriveParameters = Pick<RecordOf<'passphrase'>, 'cost' | 'blockSize' | 'parallelism'>

/** Derives a 32-byte key, as base64, from a passphrase (scrypt, RFC 7914). */
export type DeriveKey = (passphrase: Secret, salt: Buffer, parameters: DeriveParameters) => Promise<Secret>

/** What the thread is given. The text is what `NFKC` makes of the passphrase. */
export interface DeriveTask {
  readonly text: string
  readonly salt: Uint8Array
  readonly options: ScryptOptions
}

const taskOf = (passphrase: Secret, salt: Buffer, parameters: DeriveParameters): DeriveTask => {
  const { cost, blockSize, parallelism } = parameters
  return {
    // The same words typed on another keyboard may be composed differently (Unicode Annex 15).
    text: passphrase.reveal().normalize('NFKC'),
    salt,
    options: { cost, blockSize, parallelization: parallelism, maxmem: 256 * cost * blockSize },
  }
}

/** Derives in this thread's pool: Node alone keeps the event loop free while it does. */
export const deriveHere: DeriveKey = (passphrase, salt, parameters) => {
  const task = taskOf(passphrase, salt, parameters)
  return new Promise((resolve, reject) => {
    scrypt(task.text, task.salt, 32, task.options, (error, derived) => {
      if (error === null) resolve(new Secret(derived.toString('base64')))
      else reject(error)
    })
  })
}

/**
 * Derives in a thread of its own. Electron's BoringSSL derives once more on the calling thread, only to check the parameters,
 * which would stop the app for a third of a second.
 * @param worker Path of the built `derive-key-worker`.
 */
export const deriveAside =
  (worker: string): DeriveKey =>
  (passphrase, salt, parameters) =>
    new Promise((resolve, reject) => {
      const thread = new Worker(worker, { workerData: taskOf(passphrase, salt, parameters) })
      thread.once('message', (derived: string) => resolve(new Secret(derived)))
      thread.once('error', reject)
      // After an answer this changes nothing any more.
      thread.once('exit', () => reject(new Error('The thread that derives a key ended without an answer')))
    })
