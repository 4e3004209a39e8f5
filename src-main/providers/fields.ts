import {
  custom,
  integer,
  literal,
  minLength,
  minValue,
  nullish,
  number,
  pipe,
  regex,
  string,
  transform,
  union,
} from 'valibot'
import { plainText, saidName } from '../../src-preload/contract/plain-text'

// Schemas for what providers send. Their outputs are safe to show, to keep and to open.

/** A name or path to show: one line, nothing that hides or reorders. */
export const Name = pipe(
  string(),
  transform((value) => saidName(value, 300)),
)

/** A name that something is known by: not without anything to show. */
export const KnownName = pipe(Name, minLength(1))

/** A numeric identifier, as text. One that no JavaScript number holds comes as its digits; see `answer.ts`. */
export const NumericId = union([
  pipe(
    number(),
    integer(),
    minValue(1),
    transform((value) => String(value)),
  ),
  pipe(string(), regex(/^[1-9]\d{0,39}$/)),
])

/** ISO 8601 time as Unix ms; null when absent or unreadable. */
export const Time = pipe(
  nullish(string(), ''),
  transform((value) => {
    const time = Date.parse(value)
    return Number.isNaN(time) ? null : time
  }),
)

/** Nothing in it hides, reorders or commands. */
const isPlain = (value: string): boolean => plainText(value, value.length) === value

const isWebAddress = (value: unknown): boolean => {
  if (typeof value !== 'string' || value.length > 2_048 || !isPlain(value) || /[\x00-\x20\x7f"<>\\^`{|}]/.test(value))
    return false
  try {
    const { protocol, username, password } = new URL(value)
    return /^https?:$/.test(protocol) && username === '' && password === ''
  } catch {
    return false
  }
}

/** An http or https address without credentials and without characters that must be escaped. */
export const WebAddress = custom<string>(isWebAddress)

const user = '([a-z0-9_][\\w.-]*@)?'
const host = '(\\[[0-9a-f:]+\\]|[a-z0-9][\\w.-]*)'
const path = '[^\\s\\x00-\\x1f\\x7f]+'
const sshUrl = new RegExp(`^ssh://${user}${host}(:\\d{1,5})?/(?!-)${path}$`, 'i')
const scpForm = new RegExp(`^${user}${host}:(?!-|:|//)${path}$`, 'i')

/** An SSH clone address in either form, without options, spaces and control characters. */
export const SshAddress = custom<string>(
  (value) =>
    typeof value === 'string' && value.length <= 2_048 && isPlain(value) && (sshUrl.test(value) || scpForm.test(value)),
)

/** An address that may be absent; hosts also write one that they do not offer as null or as empty text. */
export const MaybeAddress = <T extends typeof WebAddress | typeof SshAddress>(address: T) =>
  nullish(union([address, literal('')]))

/** The name of a branch. It is used as it stands, so that one that hides or reorders characters is none. */
export const RefName = custom<string>(
  (value) => typeof value === 'string' && value !== '' && value.length <= 1_000 && isPlain(value),
)
