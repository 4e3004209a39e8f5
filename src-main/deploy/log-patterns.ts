import { mostBesidePiece, piecesOf, spellingsOf, type Unit } from '../redaction/spellings'

/** Characters that no program escapes: those of words, and the marks that RFC 3986 section 2.3 leaves alone. */
const neverEscaped = /^[\w.~-]$/

/** A basic regular expression that matches a text and nothing else (POSIX.1-2017, 9.3.2). */
const literal = (text: string): string => text.replace(/[\\/.*[\]^$]/g, '\\$&')

const anyCase = (digits: string): string => digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)

/** `%c3%a4`, also escaped itself: `%25c3%25a4` (RFC 3986 section 2.1). */
const percent = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%\\(25\\)*${anyCase(byte.toString(16).padStart(2, '0'))}`).join('')

/** `\u00e4`, also as JSON in JSON (RFC 8259 section 7). */
const json = (character: string): string =>
  [...Array(character.length).keys()]
    .map((index) => `\\\\\\\\*u${anyCase(character.charCodeAt(index).toString(16).padStart(4, '0'))}`)
    .join('')

/** One character as programs write it. Letters stand for themselves, which is what keeps a search fast. */
const characterPattern = (character: string): string => {
  if (neverEscaped.test(character)) return literal(character)
  const letter = JSON.stringify(character).slice(2, -1)
  const forms = [
    literal(character),
    percent(character),
    json(character),
    ...(character === ' ' ? ['+'] : []),
    ...(letter.length === 1 ? [`\\\\\\\\*${literal(letter)}`] : []),
    ...(character === '/' ? ['\\\\\\\\*\\/'] : []),
  ]
  return `\\(${forms.join('\\|')}\\)`
}

/** The texts of an encoding: with the first or the second form of its characters. Texts are found many times faster. */
const textsOf = (units: readonly Unit[]): readonly string[] =>
  [0, 1].map((form) => units.map((unit) => unit[form] ?? unit[0]).join(''))

/** Stands for a piece until all are found. */
const found = '\x01'
const besidePiece = `[A-Za-z0-9+\\/=_-]\\{1,${mostBesidePiece}\\}`
/** Lines without such a run of characters hold no piece that is worth a search. */
const run = `[A-Za-z0-9+\\/=_-]\\{12\\}`

/** A sed script for pieces of encodings, with what is left of their neighbours at the beginning or the end of a line. */
const piecesScript = (pieces: readonly string[]): readonly string[] =>
  pieces.length === 0
    ? []
    : [
        `/${run}/!b`,
        ...pieces.map((piece) => `s/${literal(piece)}/${found}/g`),
        `s/^${besidePiece}${found}/${found}/`,
        `s/${found}${besidePiece}$/${found}/`,
        `s/${found}${found}*/[secret]/g`,
      ]

/** A sed script that cuts values out, line by line. Longer ones first, so that none is cut by a part of itself. */
export const scriptFor = (values: readonly string[]): string => {
  const encodings = values.flatMap(spellingsOf).filter(({ breaks }) => breaks)
  const texts = encodings.flatMap(({ units }) => textsOf(units)).flatMap((text) => [text, encodeURIComponent(text)])
  const longestFirst = (all: readonly string[]) => [...new Set(all)].sort((a, b) => b.length - a.length)
  const pieces = new Set(encodings.flatMap(piecesOf).flatMap(textsOf))
  return [
    ...longestFirst(values).map((value) => `s/${[...value].map(characterPattern).join('')}/[secret]/g`),
    ...longestFirst(texts).map((text) => `s/${literal(text)}/[secret]/g`),
    ...piecesScript([...pieces]),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

const classOf = (unit: Unit): string => `[${unit.join('').replace(/[\\\]^-]/g, '\\$&')}]`

/** The pieces of encodings that a line of a log may hold, or null where the values have none. */
export const brokenEncodings = (values: readonly string[]): RegExp | null => {
  const pieces = values.flatMap(spellingsOf).flatMap(piecesOf)
  if (pieces.length === 0) return null
  const rest = `[\\w+/=-]{0,${mostBesidePiece}}`
  const all = [...new Set(pieces.map((units) => units.map(classOf).join('')))].join('|')
  return new RegExp(`(?:^${rest})?(?:${all})+(?:${rest}$)?`, 'g')
}
