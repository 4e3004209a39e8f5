import { ownOf } from '../../src-preload/contract/own'
import { saidName } from '../../src-preload/contract/plain-text'
import { Secret } from '../credentials/secret'

/** An authorization response (RFC 6749 sections 4.1.2 and 4.1.2.1) whose shape is right; whom it belongs to is another question. */
export type CallbackAnswer = {
  readonly state: Secret
  /** Who says to have answered (RFC 9207), or null. */
  readonly issuer: string | null
} & (
  | { readonly kind: 'code'; readonly code: Secret }
  | {
      readonly kind: 'error'
      readonly error: string
      /** The server's own words (`error_description`), cleaned; may be empty. */
      readonly detail: string
    }
)

/** Why a text is no authorization response. */
export type MalformedReason =
  | 'too-long'
  | 'control-character'
  | 'repeated-parameter'
  | 'missing-parameter'
  | 'malformed-parameter'

/** The longest address that is looked at, in characters: as long as the request line that Node's server takes. */
export const longestAddress = 16_384

/** The longest that what is used of it may be, in characters. */
export const longestAnswer = 4096

/** RFC 6749 appendix A and RFC 9207: what each parameter that is used may hold. Others are not looked at, as section 4.1.2 asks. */
const shapes: Readonly<Record<string, RegExp>> = {
  code: /^[\x20-\x7e]{1,2048}$/,
  state: /^[\x21-\x7e]{1,512}$/,
  error: /^[\x20\x21\x23-\x5b\x5d-\x7e]{1,100}$/,
  iss: /^https?:\/\/[\x21-\x7e]{1,500}$/,
}

const used = Object.keys(shapes)

/** A control character that stands as it is in a parameter that is used. */
const rawControl = new RegExp(`(?:^|&)(?:${used.join('|')})=[^&]*[\\x00-\\x1f\\x7f]`)

/** The query of an address, without its question mark and without a fragment, which some servers add (`#_=_`). */
export const queryOf = (address: string): string => {
  const [beforeFragment = ''] = address.split('#', 1)
  const mark = beforeFragment.indexOf('?')
  return mark === -1 ? '' : beforeFragment.slice(mark + 1)
}

/** Words for people are taken as they come: more than one, or odd ones, spoil no answer. */
const detailOf = (parameters: URLSearchParams): string =>
  saidName((parameters.get('error_description') ?? '').slice(0, longestAnswer), 200)

/** Reads the query of a callback, without its question mark. Pure, and total: any text gives an answer or a reason. */
export const parseCallbackQuery = (query: string): CallbackAnswer | MalformedReason => {
  if (query.length > longestAddress) return 'too-long'
  if (rawControl.test(query)) return 'control-character'
  const parameters = new URLSearchParams(query)
  const values = used.map((name) => ({ name, given: parameters.getAll(name) }))
  if (values.reduce((sum, { given }) => sum + given.join('').length, 0) > longestAnswer) return 'too-long'
  if (values.some(({ given }) => given.length > 1)) return 'repeated-parameter'
  // One without a value is as good as absent (RFC 6749 section 3.1).
  if (values.some(({ name, given: [value] }) => value && !ownOf(shapes, name)?.test(value)))
    return 'malformed-parameter'
  const one = (name: string): string | null => parameters.get(name) || null
  const [state, code, error, issuer] = [one('state'), one('code'), one('error'), one('iss')]
  if (state === null || (code === null && error === null)) return 'missing-parameter'
  if (code !== null && error !== null) return 'malformed-parameter'
  const issued = { state: new Secret(state), issuer }
  return code === null
    ? { ...issued, kind: 'error', error: error ?? '', detail: detailOf(parameters) }
    : { ...issued, kind: 'code', code: new Secret(code) }
}
