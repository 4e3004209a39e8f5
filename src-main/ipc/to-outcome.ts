import { Failure, type FailureData } from '../../src-preload/contract/outcome'
import { saidFacts } from '../../src-preload/contract/plain-text'
import type { Log } from '../log/log'

/** Turns anything thrown into a failure for the window. What is not a `Failure` is a defect: logged whole, told as `unexpected`. */
export const toFailureData = (error: unknown, log: Log, where: string): FailureData => {
  if (error instanceof Failure) {
    // Its facts are for the window; what anybody needs who reads the log is what failed how.
    log.warn('A call failed', { where, code: error.code })
    return { code: error.code, facts: saidFacts(error.facts) }
  }
  log.error('A call ended unexpectedly', { where, error })
  return { code: 'unexpected', facts: saidFacts({ where }) }
}
