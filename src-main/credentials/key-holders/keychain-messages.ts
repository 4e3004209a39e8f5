import { array, boolean, type InferOutput, literal, nullable, number, object, string, variant } from 'valibot'

/** A call to the keychain. */
export type KeychainCall =
  | { readonly call: 'get'; readonly service: string; readonly account: string }
  | { readonly call: 'set'; readonly service: string; readonly account: string; readonly password: string }
  | { readonly call: 'delete'; readonly service: string; readonly account: string }
  | { readonly call: 'find'; readonly service: string }

/** The call on its way to the process that makes it. */
export type KeychainRequest = KeychainCall & { readonly id: number }

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
