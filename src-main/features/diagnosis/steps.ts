import {
  type DiagnosisCheck,
  type DiagnosisStep,
  diagnosisChecks,
} from '../../../src-preload/contract/entities/diagnosis'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Clock } from '../../clock'

/** What a check found. Its state is `passed` unless it says otherwise. */
export interface Found {
  readonly state?: 'passed' | 'warned' | 'failed' | 'skipped'
  readonly detail?: string | null
  readonly failure?: Failure | null
}

/** The checks of one diagnosis, each told as it changes. */
export interface Steps {
  all(): readonly DiagnosisStep[]
  /**
   * Runs a check. What it throws fails the check and is thrown on; so is `timed-out` when it takes too long, and
   * `cancelled`.
   */
  run<T>(check: DiagnosisCheck, act: () => Promise<T>, found: (result: T) => Found): Promise<T>
  /** Skips every check that has not been run. */
  skipRest(): void
}

/** Longest time of one check, in ms. Requests have limits of their own, but are tried again. */
const patience = 25_000

const within = <T>(clock: Clock, signal: AbortSignal, act: () => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const cancelled = () => reject(new Failure('cancelled'))
    const calm = clock.after(patience, () => reject(new Failure('timed-out')))
    signal.addEventListener('abort', cancelled, { once: true })
    act()
      .then(resolve, reject)
      .finally(() => {
        calm()
        signal.removeEventListener('abort', cancelled)
      })
  })

export const createSteps = (clock: Clock, signal: AbortSignal, changed: () => void): Steps => {
  let steps: readonly DiagnosisStep[] = diagnosisChecks.map((check) => ({
    check,
    state: 'waiting',
    milliseconds: null,
    detail: null,
    failure: null,
  }))
  const mark = (check: DiagnosisCheck, change: Partial<DiagnosisStep>) => {
    steps = steps.map((step) => (step.check === check ? { ...step, ...change } : step))
    if (!signal.aborted) changed()
  }
  return {
    all: () => steps,
    run: async (check, act, found) => {
      if (signal.aborted) throw new Failure('cancelled')
      const from = clock.now()
      const took = () => clock.now() - from
      mark(check, { state: 'running' })
      try {
        const result = await within(clock, signal, act)
        const { state = 'passed', detail = null, failure = null } = found(result)
        mark(check, {
          state,
          detail,
          failure: failure === null ? null : { code: failure.code, facts: { ...failure.facts } },
          milliseconds: state === 'skipped' ? null : took(),
        })
        return result
      } catch (error) {
        const failure = error instanceof Failure ? error : new Failure('unexpected', { where: `diagnosis.${check}` })
        mark(check, {
          state: 'failed',
          milliseconds: took(),
          failure: { code: failure.code, facts: { ...failure.facts } },
        })
        throw error
      }
    },
    skipRest: () => {
      steps = steps.map((step) =>
        step.state === 'waiting' || step.state === 'running' ? { ...step, state: 'skipped' } : step,
      )
    },
  }
}
