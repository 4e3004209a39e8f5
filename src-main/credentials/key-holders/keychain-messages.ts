import { array, boolean, type InferOutput, literal, nullable, number, object, string, variant } from 'valibot'

/** A call to the keychain on its way to the process that makes it. */
export const KeychainRequest = variant('call', [
  object({ id: number(), call: literal('get'), service: string(), account: string() }),
  object({ id: number(), call: literal('set'), service: string(), account: string(), password: string() }),
  object({ id: number(), call: literal('delete'), service: string(), account: string() }),
  object({ id: number(), call: literal('find'), service: string() }),
])
export type KeychainRequest = InferOutput<typeof KeychainRequest>

/** What came of a call. `error` is the system's own text. */
export const KeychainAnswer = variant('call', [
  object({ id: number(), call: literal('get'), password: nullable(string()) }),
  object({ id: number(), call: literal('set') }),
  object({ id: number(), call: literal('delete'), deleted: boolean() }),
  object({
    id: number(),
    call: literal('find'),
    credentials: array(object({ account: string(), password: string() })),
  }),
  object({ id: number(), call: literal('failed'), error: string() }),
])
export type KeychainAnswer = InferOutput<typeof KeychainAnswer>
