import { parentPort } from 'node:worker_threads'
import type { ToJudge } from './judge-aside'
import { judgePassphrase } from './judge-passphrase'

// The thread that judges new passphrases while one is typed: its words take a while to read, and longer texts take time.
parentPort?.on('message', ({ passphrase, names }: ToJudge) =>
  parentPort?.postMessage(judgePassphrase(passphrase, names)),
)
