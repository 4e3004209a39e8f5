import { workerData } from 'node:worker_threads'
import { answerKeychain, type Keyring } from '../credentials/key-holders/answer-keychain'
import type { StartKeychainProcess } from '../credentials/key-holders/keychain-client'
import type { Task } from './task'

const note = (asked: 0 | 1) => {
  const task = workerData as Pick<Task, 'over'> | null
  if (task?.over !== undefined) Atomics.store(task.over, 2, asked)
}

/**
 * The keychain without a process of its own: its calls block, and here nothing else is to be done. The thread this runs on
 * tells the first one while it is asked, which ends the process when that takes too long.
 */
export const keyringHere: StartKeychainProcess = ({ answered }) => ({
  send: (request) => {
    import('@napi-rs/keyring').then(
      (keyring: Keyring) => {
        note(1)
        const answer = answerKeychain(keyring, request)
        note(0)
        answered(answer)
      },
      (error: unknown) => answered({ id: request.id, call: 'failed', error: String(error) }),
    )
  },
  kill: () => undefined,
})
