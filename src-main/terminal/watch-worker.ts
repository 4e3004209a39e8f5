import { workerData } from 'node:worker_threads'
import { giveUp } from './give-up'

/** What the watch is told: until when, and where it is said that all went well. */
export interface Watch {
  readonly limitMs: number
  /** One number: 1 when the keychain has answered. */
  readonly answered: Int32Array
}

// The first thread stands in a call of the keychain's, which can't be ended from there.
const { limitMs, answered } = workerData as Watch
if (Atomics.wait(answered, 0, 0, limitMs) === 'timed-out') giveUp()
