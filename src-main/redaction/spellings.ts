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
  /** Whether programs break it into lines, as base64 and hexadecimal dumps are. */
  readonly breaks: boolean
}

/** Units that are kept: those of any text in a few scripts. */
const mostUnits = 4096

/** UTF-16 units below which an encoding of a value would be found in texts that don't hold it. */
const shortestEncoded = 6

const units = new Map<string, Unit>()

/** The unit of some forms, one object for all places where it stands: a spelling has as many units as characters. */
const unitOf = (form: string, second?: string): Unit => {
  const name = second === undefined ? form : form + second
  const known = units.get(name)
  if (known !== undefined) return known
  const unit = second === undefined ? [form] : [form, second]
  if (units.size < mostUnits) units.set(name, unit)
  return unit
}

const unitsOf = (text: string): readonly Unit[] => [...text].map((character) => unitOf(character))

const other: Readonly<Record<string, string>> = { '+': '-', '/': '_' }

const base64Units = (text: string): readonly Unit[] =>
  [...text].map((character) => {
    const url = ownOf(other, character)
    return url === undefined ? unitOf(character) : unitOf(character, url)
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
    breaks: true,
  }
}

const hexadecimal = (bytes: Buffer): Spelling => ({
  units: [...bytes.toString('hex')].map((digit) =>
    /\d/.test(digit) ? unitOf(digit) : unitOf(digit, digit.toUpperCase()),
  ),
  before: 0,
  after: 0,
  breaks: true,
})

/** How a value may be encoded. Percent and JSON escapes are no spelling: each of a spelling's characters may be escaped. */
export const spellingsOf = (value: string): readonly Spelling[] => {
  const plain: Spelling = { units: unitsOf(value), before: 0, after: 0, breaks: false }
  const bytes = Buffer.from(value)
  if (value.length < shortestEncoded) {
    return [plain, { units: base64Units(bytes.toString('base64')), before: 0, after: 0, breaks: true }]
  }
  return [plain, base64At(bytes, 0), base64At(bytes, 1), base64At(bytes, 2), hexadecimal(bytes)]
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
      .flatMap((value) => [value, value.trim(), ...value.split(/[\r\n]/).map((line) => line.trim())])
      .filter((value) => value !== '' && value.trim().length >= shortest && !(isArmour(value) && !/\n/.test(value))),
  ),
]

/** Characters of one piece: few enough to stand between two ends of lines, and too many to stand anywhere by chance. */
const pieceUnits = 8

/** Characters that may be left of a broken piece beside a whole one. */
export const mostBesidePiece = pieceUnits - 1

/**
 * What to look for where a text is seen line by line: programs break an encoding into lines, wherever it begins in them,
 * and of one that is twice as long as a piece at least one piece is whole.
 */
export const piecesOf = ({ units, breaks }: Spelling): readonly (readonly Unit[])[] => {
  const count = breaks ? Math.floor(units.length / pieceUnits) : 0
  if (count < 2) return []
  return Array.from({ length: count }, (_, index) => units.slice(index * pieceUnits, (index + 1) * pieceUnits))
}
