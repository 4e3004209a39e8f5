import { Failure } from '../../src-preload/contract/outcome'
import { complaintOf } from './complaint'
import { print } from './say'

/** Milliseconds that an end by a signal takes at most. */
const endMs = 500

/**
 * Says that the keychain does not answer, and ends the process at once: a thread that stands in a call of the keychain's would
 * hold up an orderly end for as long. Git says nothing of its own about a helper that was interrupted.
 */
export const giveUp = (): void => {
  print(2, `cloudaipilot: ${complaintOf(new Failure('keychain-locked'))}\n`)
  process.kill(process.pid, 'SIGINT')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, endMs)
  process.kill(process.pid, 'SIGKILL')
}
