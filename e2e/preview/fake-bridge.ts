import { type GenericSchema, parse } from 'valibot'
import { type Bridge, contract, type Events } from '../../src-preload/contract'
import type { Api, Contract } from '../../src-preload/contract/method'
import { Failure, type Outcome } from '../../src-preload/contract/outcome'

/** What main would answer, for the methods that a scene needs. What is left out fails as `unexpected`. */
export type Answers = { readonly [F in keyof typeof contract]?: Partial<Api<typeof contract>[F]> }

/** The window's bridge without a main behind it, and a way to announce. */
export interface FakeBridge {
  readonly bridge: Bridge
  readonly announce: <E extends keyof Events>(event: E, payload: Events[E]) => void
}

type Answer = (input?: unknown) => Promise<unknown>

/** Answers as main does: outputs go through the contract's schemas, so that a scene can't show what main could not send. */
export const createFakeBridge = (
  answers: Answers,
  onMissing: (method: string) => void = () => undefined,
): FakeBridge => {
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const known: Record<string, Record<string, Answer> | undefined> = answers as never
  const call =
    (feature: string, name: string, output: GenericSchema) =>
    async (input?: unknown): Promise<Outcome<unknown>> => {
      try {
        const answer = known[feature]?.[name]
        if (answer === undefined) {
          onMissing(`${feature}.${name}`)
          throw new Failure('unexpected', { where: `${feature}.${name}` })
        }
        return { ok: true, value: parse(output, await answer(input)) }
      } catch (error) {
        if (error instanceof Failure) return { ok: false, failure: { code: error.code, facts: error.facts } }
        throw error
      }
    }
  const features = Object.entries<Contract[string]>(contract).map(([feature, methods]) => [
    feature,
    Object.fromEntries(Object.entries(methods).map(([name, { output }]) => [name, call(feature, name, output)])),
  ])
  const on = (event: string, listener: (payload: never) => void) => {
    const all = listeners.get(event) ?? new Set()
    listeners.set(event, all.add(listener))
    return () => all.delete(listener)
  }
  return {
    bridge: { ...Object.fromEntries(features), on },
    announce: (event, payload) => {
      for (const listener of listeners.get(event) ?? []) listener(payload as never)
    },
  }
}
