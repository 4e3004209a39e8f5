import type { Api, Bridge } from '../src-preload/contract'
import { Failure, type Outcome } from '../src-preload/contract/outcome'

type Send = (input?: unknown) => Promise<Outcome<unknown>>

/** Turns an outcome back into a value or a thrown `Failure`. A call that never reached main is `unexpected`. */
const unwrap =
  (send: Send) =>
  async (input?: unknown): Promise<unknown> => {
    let outcome: Outcome<unknown>
    try {
      outcome = await send(input)
    } catch (cause) {
      throw new Failure('unexpected', { where: 'bridge' }, { cause })
    }
    if (outcome.ok) return outcome.value
    throw new Failure(outcome.failure.code, outcome.failure.facts)
  }

/**
 * The window's client: the same features and methods as the bridge, but each returns its value or throws a `Failure`.
 * It walks the bridge itself, so that a method added to the contract needs no line here.
 */
export const createApi = (bridge: Bridge): Api => {
  const { on, ...features } = bridge
  const wrapped = Object.entries<Record<string, Send>>(features as never).map(([feature, methods]) => [
    feature,
    Object.fromEntries(Object.entries(methods).map(([name, send]) => [name, unwrap(send)])),
  ])
  return { ...Object.fromEntries(wrapped), on }
}
