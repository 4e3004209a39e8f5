import { Secret } from '../credentials/secret'

/** An authorization response (RFC 6749 sections 4.1.2 and 4.1.2.1) whose shape is right; whom it belongs to is another question. */
export type CallbackAnswer = {
  readonly state: Secret
  /** Who says to have answered (RFC 9207), or null. */
  readonly issuer: string | null
} & ({ readonly kind: 'code'; readonly code: Secret } | { readonly kind: 'error'; readonly error: string })

/** Why a text is no authorization response. */
export type MalformedReason =
  | 'too-long'
  | 'control-character'
  | 'repeated-parameter'
  | 'missing-parameter'
  | 'malformed-parameter'

/** The longest address that is looked at, in characters. */
export const longestAnswer = 4096

/** RFC 6749 appendix A: what each parameter may hold. Parameters not listed are ignored, as section 4.1.2 asks. */
const shapes: Readonly<Record<string, RegExp>> = {
  code: /^[\x20-\x7e]{1,2048}$/,
  state: /^[\x21-\x7e]{1,512}$/,
  error: /^[\x20\x21\x23-\x5b\x5d-\x7e]{1,100}$/,
  error_description: /^[^\x00-\x1f\x7f]{0,2048}$/,
  error_uri: /^[\x21-\x7e]{0,2048}$/,
  iss: /^https?:\/\/[\x21-\x7e]{1,500}$/,
}

const known = Object.keys(shapes)

/** Reads the query of a callback, without its question mark. Pure, and total: any text gives an answer or a reason. */
export const parseCallbackQuery = (query: string): CallbackAnswer | MalformedReason => {
  if (query.length > longestAnswer) return 'too-long'
  if (/[\x00-\x1f\x7f]/.test(query)) return 'control-character'
  const parameters = new URLSearchParams(query)
  for (const name of known) {
    const values = parameters.getAll(name)
    if (values.length > 1) return 'repeated-parameter'
    if (values[0] !== undefined && !shapes[name]?.test(values[0])) return 'malformed-parameter'
  }
  const state = parameters.get('state')
  const code = parameters.get('code')
  const error = parameters.get('error')
  if (state === null || (code === null && error === null)) return 'missing-parameter'
  if (code !== null && error !== null) return 'malformed-parameter'
  const issued = { state: new Secret(state), issuer: parameters.get('iss') }
  return code === null
    ? { ...issued, kind: 'error', error: error ?? '' }
    : { ...issued, kind: 'code', code: new Secret(code) }
}
