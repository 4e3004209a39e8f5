import { parentPort, workerData } from 'node:worker_threads'
import { Failure } from '../../src-preload/contract/outcome'
import { readPrivateKey } from './read-private-key'

// The thread that reads one key and ends. It is told what to read by its data and answers once.
const { text, passphrase } = workerData as { readonly text: string; readonly passphrase: string }
readPrivateKey(text, passphrase).then(
  (key) => parentPort?.postMessage({ ok: true, key }),
  (error: unknown) =>
    parentPort?.postMessage({
      ok: false,
      code: error instanceof Failure ? error.code : 'key-unreadable',
      facts: error instanceof Failure ? error.facts : {},
    }),
)
