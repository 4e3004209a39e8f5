import type { Question } from '../../../src-preload/consent-question'
import type { contract } from '../../../src-preload/contract'
import type { effects } from '../../../src-preload/contract/effects'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Consent } from '../../consented'
import type { Secret } from '../../credentials/secret'
import type { AskConsent } from './consent'

type Contract = typeof contract
type Effects = typeof effects
type Asking<F extends keyof Effects> = {
  [M in keyof Effects[F]]: Effects[F][M] extends 'asks-consent' ? M : never
}[keyof Effects[F]]

/**
 * Reads a call's input and main's own data, and tells what the person has to agree to; null when nothing changes that
 * they have to agree to. It changes nothing itself. @throws Failure where the call makes no sense
 */
export type QuestionFor<F extends keyof Contract, M extends keyof Contract[F]> = (
  input: Parameters<Handlers<Contract[F]>[M]>[0],
) => Promise<Question | null>

/** The questions of one feature: of each of its methods that asks for consent, and of no other. */
export type QuestionsOf<F extends keyof Effects> = {
  readonly [M in Asking<F> & keyof Contract[F]]: QuestionFor<F, M>
}

/** All questions. One missing, and it does not compile. */
export type Questions = {
  readonly [F in keyof Effects as Asking<F> extends never ? never : F]: QuestionsOf<F>
}

/** Calls about the same thing follow each other; those about different things don't wait. */
const subjectOf = (input: unknown): string => {
  const { id = null, appId = null } = Object(input) as { readonly id?: unknown; readonly appId?: unknown }
  return JSON.stringify([id, appId])
}

/**
 * What was agreed to is what is done: the question is worked out again, with nothing in between, before the call runs.
 * If it would be another one by now, the answer does not count. Nobody waits for a person who is being asked.
 * The call that is returned throws Failure `cancelled`, `consent-withheld`, `conflict`.
 */
export const createGate = (questions: Questions, ask: AskConsent): Consent => {
  const turns = new Map<string, Promise<unknown>>()
  const inTurn = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(name) ?? Promise.resolve()).then(act, act)
    const settled = turn.catch(() => undefined)
    turns.set(name, settled)
    try {
      return await turn
    } finally {
      if (turns.get(name) === settled) turns.delete(name)
    }
  }
  const table = questions as Readonly<
    Record<string, Readonly<Record<string, (input: unknown) => Promise<Question | null>>>>
  >

  return async (feature, method, input, act) => {
    const ofFeature = Object.hasOwn(table, feature) ? (table[feature] ?? {}) : {}
    const questionFor = Object.hasOwn(ofFeature, method) ? ofFeature[method] : undefined
    if (questionFor === undefined) return act(null)
    const name = `${feature}.${method} ${subjectOf(input)}`
    const attempt = (agreed: string | null, entered: Secret | null) =>
      inTurn(name, async () => {
        const question = await questionFor(input)
        if (question === null || JSON.stringify(question) === agreed) return { done: await act(entered) }
        return { question }
      })
    const first = await attempt(null, null)
    if ('done' in first) return first.done
    const entered = await ask(first.question)
    const second = await attempt(JSON.stringify(first.question), entered)
    if ('done' in second) return second.done
    throw new Failure('conflict', { what: 'consent' })
  }
}
