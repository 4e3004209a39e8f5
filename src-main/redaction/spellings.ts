import { ownOf } from '../../src-preload/contract/own'

/** One character as it may stand in a text: itself or, in base64url and hexadecimal, its other form. */
export type Unit = readonly string[]

/** A secret in one encoding, character by character. */
export interface Spelling {
  readonly units: readonly Unit[]
  /** Characters of base64 before it that hold some of its bits. */
  readonly before: 0 | 1
  /** Characters of base64 after it that hold some of its bits, or pad them. */
  readonly after: number
}

/** UTF-16 units below which an encoding of a value would be found in texts that don't hold it. */
const shortestEncoded = 6

const unitsOf = (text: string): readonly Unit[] => [...text].map((character) => [character])

const other: Readonly<Record<string, string>> = { '+': '-', '/': '_' }

const base64Units = (text: string): readonly Unit[] =>
  [...text].map((character) => {
    const url = ownOf(other, character)
    return url === undefined ? [character] : [character, url]
  })

/**
 * The characters of base64 (RFC 4648, sections 4 and 5) that a value alone decides, when `offset` bytes stand before it.
 * Those at its edges are shared with its neighbours.
 */
const base64At = (bytes: Buffer, offset: 0 | 1 | 2): Spelling => {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  const bits = (offset + bytes.length) * 8
  const shared = bits % 6 !== 0
  return {
    units: base64Units(whole.slice(offset === 0 ? 0 : offset + 1, Math.floor(bits / 6))),
    before: offset === 0 ? 0 : 1,
    // One shared character, and at most two that pad.
    after: shared ? 3 : 0,
  }
}

const hexadecimal = (bytes: Buffer): Spelling => ({
  units: [...bytes.toString('hex')].map((digit) => (/\d/.test(digit) ? [digit] : [digit, digit.toUpperCase()])),
  before: 0,
  after: 0,
})

/** How a value may be encoded. Percent and JSON escapes are no spelling: each of a spelling's characters may be escaped. */
export const spellingsOf = (value: string): readonly Spelling[] => {
  const plain: Spelling = { units: unitsOf(value), before: 0, after: 0 }
  const bytes = Buffer.from(value)
  if (value.length < shortestEncoded) {
    return [plain, { units: base64Units(bytes.toString('base64')), before: 0, after: 0 }]
  }
  return [plain, base64At(bytes, 0), base64At(bytes, 1), base64At(bytes, 2), hexadecimal(bytes)]
}

/** The encodings of a value as plain texts, for what can look for those only. */
export const literalsOf = (value: string): readonly string[] => {
  const percent = encodeURIComponent(Buffer.from(value).toString())
  const [, ...encoded] = spellingsOf(value)
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    percent,
    percent.replace(/%../g, (code) => code.toLowerCase()),
    ...encoded.flatMap(({ units }) => [0, 1].map((form) => units.map((unit) => unit[form] ?? unit[0]).join(''))),
  ]
}

/** Armour and blank lines of a key are no secret (RFC 7468). */
const isArmour = (line: string): boolean => line.startsWith('-----')

/**
 * The values that are looked for: each whole, and each line of one that has several, as a key does. Values and lines
 * shorter than `shortest` UTF-16 units are words that stand everywhere, like `true` or `8080`.
 */
export const valuesToHide = (values: readonly string[], shortest: number): readonly string[] => [
  ...new Set(
    values
      .flatMap((value) => [value, value.trim(), ...value.split(/\r?\n/).map((line) => line.trim())])
      .filter((value) => value !== '' && value.trim().length >= shortest && !(isArmour(value) && !/\n/.test(value))),
  ),
]
