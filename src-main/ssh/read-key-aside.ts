import { Worker } from 'node:worker_threads'
import { type Facts, Failure, type FailureCode } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'
import type { KeyPair } from './key-pair'
import type { ReadKey } from './read-private-key'

type Reply =
  | { readonly ok: true; readonly key: ReadKey }
  | { readonly ok: false; readonly code: FailureCode; readonly facts: Facts }

/** A hostile file can ask for years of key derivation; an honest one takes well under a second. */
const limit = 20_000

/**
 * Reads a private key in a thread of its own, so that neither a passphrase nor a hostile file can hold main up.
 * @param worker path of the built `read-key-worker`.
 * @throws Failure like `readPrivateKey`
 */
export const createKeyReader =
  (worker: string) =>
  (text: string, passphrase: string): Promise<KeyPair> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(worker, {
        workerData: { text, passphrase },
        resourceLimits: { maxOldGenerationSizeMb: 128 },
      })
      const end = (act: () => void) => {
        clearTimeout(timer)
        void thread.terminate()
        act()
      }
      const timer = setTimeout(() => end(() => reject(new Failure('key-unreadable', { reason: 'too-slow' }))), limit)
      thread.once('message', (reply: Reply) =>
        end(() => {
          if (!reply.ok) return reject(new Failure(reply.code, reply.facts))
          resolve({ privateKey: new Secret(reply.key.privateKey), publicKey: reply.key.publicKey })
        }),
      )
      thread.once('error', (cause) => end(() => reject(new Failure('key-unreadable', { reason: 'format' }, { cause }))))
    })
