import { type GenericSchema, type InferInput, type InferOutput, optional, undefined_ } from 'valibot'
import { leaving } from './leaving'
import type { Outcome } from './outcome'

/** One request the window may make: what it sends and what it gets back. Both are parsed in main. */
export interface Method<I extends GenericSchema = GenericSchema, O extends GenericSchema = GenericSchema> {
  readonly input: I
  readonly output: O
}

/** Declares a method of the contract. */
export const method = <I extends GenericSchema, O extends GenericSchema>(input: I, output: O): Method<I, O> => ({
  input,
  output: leaving(output),
})

/** The schema of "no input" and of "no result". */
export const nothing = optional(undefined_())

/** One feature's methods by name. */
export type Methods = Record<string, Method>
/** All features by name. */
export type Contract = Record<string, Methods>

type Args<S extends GenericSchema> = undefined extends InferInput<S> ? [input?: InferInput<S>] : [input: InferInput<S>]

/** The preload's view: plain outcomes. */
export type Bridge<C extends Contract> = {
  readonly [F in keyof C]: {
    readonly [M in keyof C[F]]: (...args: Args<C[F][M]['input']>) => Promise<Outcome<InferOutput<C[F][M]['output']>>>
  }
}

/** Main's view: parsed input in; anything the output schema accepts out. */
export type Handlers<F extends Methods> = {
  readonly [M in keyof F]: (input: InferOutput<F[M]['input']>) => Promise<InferInput<F[M]['output']>>
}

/** The window's view: a value, or a thrown `Failure`. */
export type Api<C extends Contract> = {
  readonly [F in keyof C]: {
    readonly [M in keyof C[F]]: (...args: Args<C[F][M]['input']>) => Promise<InferOutput<C[F][M]['output']>>
  }
}
