import type { GenericSchema } from 'valibot'
import { Whole } from '../../src-preload/contract/text'

const long = 'A'.repeat(10_000)

/** Texts that command a terminal, reorder or hide what stands beside them, break a line, or never end. */
export const hostileTexts = {
  'a CSI sequence': '\x1b[31;1mred\x1b[2J\x9b5n',
  'an OSC sequence': '\x1b]0;title\x07\x1b]8;;https://evil.example\x1b\\link\x9d52;c;ZXZpbA==\x9c',
  'a DCS string': '\x1bP1$qm\x1b\\\x90q\x9c\x98sos\x9c\x1b^pm\x1b\\\x9fapc\x9c',
  'an escape that never ends': 'a\x1b]0;evil',
  'C0 and C1 controls': 'a\x07\x08\x0b\x0c\x1a\x7f\x80\x85\x8d\x9bz',
  'a NUL': 'a\0b',
  'embeddings and overrides': '\u202aa\u202bb\u202cc\u202dd\u202egpj.exe',
  isolates: '\u2066a\u2067b\u2068c\u2069d',
  'direction marks': 'a\u200eb\u200fc\u061cd',
  'characters without width': 'a\u200bb\u2060c\ufeffd\u00ade\u180ef',
  'line separators': 'a\nb\rc\r\nd\u2028e\u2029f\tg',
  'tags and interlinear marks': 'a\u{e0041}\u{e007f}b\ufff9c\ufffb',
  'half of a surrogate pair': 'a\ud83eb\udd8ac',
  '10,000 characters': long,
  '10,000 characters after an escape': `\x1b[31m\u202e${long}\n${long}`,
} as const

const bad =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u
/** What is left of sequences whose control character alone was taken out. */
const residue = /\[31|\]0;|\]8;;|52;c;|1\$qm/

/** What is wrong with one text that was told, or null. */
export const wrongWith = (text: string): string | null => {
  const found = bad.exec(text)
  if (found !== null) return `holds U+${found[0].codePointAt(0)?.toString(16)}`
  if (residue.test(text)) return 'holds the rest of a sequence'
  return text.length > 500 ? `is ${text.length} characters long` : null
}

/** What is wrong with any text in a value, names included: where, and what. */
export const wrongIn = (value: unknown, at = ''): readonly string[] => {
  if (typeof value === 'string') {
    const wrong = wrongWith(value)
    return wrong === null ? [] : [`${at} ${wrong}`]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) => [...wrongIn(name, at), ...wrongIn(item, `${at}.${name}`)])
}

/** The value with a hostile text before each of its texts that `spares` does not name. */
export const spoil = (value: unknown, hostile: string, spares: RegExp, name = ''): unknown => {
  if (typeof value === 'string') return spares.test(name) ? value : `${hostile}${value}${hostile}`
  if (Array.isArray(value)) return value.map((item) => spoil(item, hostile, spares, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spoil(item, hostile, spares, key)]))
}

interface Parts {
  readonly type: string
  readonly wrapped?: GenericSchema
  readonly item?: GenericSchema
  readonly entries?: Readonly<Record<string, GenericSchema>>
  readonly options?: readonly unknown[]
  readonly pipe?: readonly unknown[]
}

/** A value that a schema takes, with the hostile text wherever it takes any; texts that are told whole are noted. */
export const filled = (schema: GenericSchema, hostile: string, whole: (name: string) => void, name = ''): unknown => {
  const { type, wrapped, item, entries, options, pipe } = schema as unknown as Parts
  const inner = (part: GenericSchema, key = name) => filled(part, hostile, whole, key)
  // What leaves main is its schema with steps behind it.
  const isWhole = schema === Whole || pipe?.[0] === Whole
  if (isWhole) whole(name)
  if (type === 'string') return isWhole ? 'whole' : hostile
  if (wrapped !== undefined)
    return type === 'optional' && 'type' in wrapped && wrapped.type === 'undefined' ? undefined : inner(wrapped)
  if (item !== undefined) return [inner(item)]
  if (entries !== undefined)
    return Object.fromEntries(Object.entries(entries).map(([key, part]) => [key, inner(part, key)]))
  if (type === 'record') return { [hostile]: hostile, said: hostile }
  if (type === 'picklist') return options?.[0]
  if (type === 'number') return 1
  if (type === 'boolean') return true
  throw new Error(`No value is known for ${name}, which is ${type}.`)
}
