import { randomUUID } from 'node:crypto'
import type { diagnosis } from '../../../src-preload/contract/diagnosis'
import type { Conclusion, Diagnosis } from '../../../src-preload/contract/entities/diagnosis'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import { failed } from './conclude'
import { type Asked, look } from './look'
import type { DiagnosisPorts } from './ports'
import { createSteps } from './steps'

/** "Why can't I see my repository?": the window's methods, and what the end of the app needs. */
export interface DiagnosisFeature {
  readonly handlers: Handlers<typeof diagnosis>
  /** Ends the one that runs; resolves when nothing of it is left. */
  readonly stop: () => Promise<void>
}

export const createDiagnosis = (ports: DiagnosisPorts): DiagnosisFeature => {
  const running = new Map<AbortController, Promise<void>>()

  const begin = (asked: Asked): Diagnosis => {
    const end = new AbortController()
    const id = randomUUID()
    let state: Diagnosis['state'] = 'running'
    let conclusion: Conclusion | null = null
    const steps = createSteps(ports.clock, end.signal, () => tell())
    const now = (): Diagnosis => ({ id, address: asked.address, state, steps: [...steps.all()], conclusion })
    const tell = () => ports.announce('diagnosis.changed', now())

    const why = (error: unknown): Conclusion => {
      if (error instanceof Failure) return failed(error, null)
      ports.log.error('A diagnosis ended unexpectedly', { error })
      return failed(new Failure('unexpected', { where: 'diagnosis' }), null)
    }
    const done = look(ports, steps, asked, end.signal)
      .catch(why)
      .then((found) => {
        steps.skipRest()
        state = end.signal.aborted ? 'cancelled' : 'done'
        conclusion = end.signal.aborted ? null : found
        tell()
      })
      .finally(() => running.delete(end))
    running.set(end, done)
    return now()
  }

  const cancel = () => {
    for (const end of running.keys()) end.abort()
  }

  return {
    handlers: {
      start: async (asked) => {
        // An account that is not there is no reason to end a search that is under way.
        if (asked.accountId !== null && !ports.access.records().some(({ id }) => id === asked.accountId)) {
          throw new Failure('not-found', { what: 'account' })
        }
        cancel()
        return begin(asked)
      },
      cancel: async () => {
        cancel()
        return undefined
      },
    },
    stop: async () => {
      cancel()
      await Promise.all(running.values())
    },
  }
}
