import { Failure, type FailureData } from '../../src-preload/contract/outcome'

/** Whatever was thrown, as a failure with words. A defect of the window itself is `unexpected`. */
export const toFailure = (error: unknown): FailureData =>
  error instanceof Failure
    ? { code: error.code, facts: error.facts }
    : { code: 'unexpected', facts: { where: 'window', error: error instanceof Error ? error.name : typeof error } }
