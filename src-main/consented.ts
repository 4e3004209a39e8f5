import type { Contract, Handlers, Methods } from '../src-preload/contract/method'
import type { Secret } from './credentials/secret'

/** One feature's handlers, as they are called after the person was asked: what they typed into main's dialog comes along. */
export type ConsentedHandlers<F extends Methods> = {
  readonly [M in keyof F]: (input: Parameters<Handlers<F>[M]>[0], entered: Secret | null) => ReturnType<Handlers<F>[M]>
}

/** Main's handlers for a whole contract. One missing, and it does not compile. */
export type HandlersOf<C extends Contract> = { readonly [F in keyof C]: ConsentedHandlers<C[F]> }

/** Runs a call, after main has asked the person where that is needed. */
export type Consent = <T>(
  feature: string,
  method: string,
  input: unknown,
  act: (entered: Secret | null) => Promise<T>,
) => Promise<T>
