import UFuzzy from '@leeoniya/ufuzzy'
import type { Haystack } from './haystack'
import type { Row } from './row'

/** One wrong, missing, doubled or swapped letter a word. */
const oneSlip = new UFuzzy({ intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 })

/** Rows that are looked at closely, at most. */
const closeLooks = 4000

/** Shorter words have no end that is long enough to look for. */
const shortest = 5

/**
 * Rows for words that no path holds as they are: first with one slip a word, then as an abbreviation whose letters come
 * in order within one part of the path, e.g. `gtwy` for `gateway`.
 */
export const findMisspelt = (
  rows: readonly Row[],
  haystack: Haystack,
  words: readonly string[],
  fits: (row: Row) => boolean,
): readonly Row[] => {
  const text = words.join('')
  if (text.length < 3) return []
  const likely = haystack
    .find(words.map(endsOf))
    .flatMap((at) => rows[at] ?? [])
    .filter(fits)
  const slips = likely.length === 0 ? null : oneSlip.filter(likely.slice(0, closeLooks).map(foldedOf), words.join(' '))
  if (slips !== null && slips.length > 0) return slips.flatMap((at) => likely[at] ?? [])
  return haystack.match(abbreviation(text)).filter(fits)
}

const foldedOf = ({ folded }: Row): string => folded

/**
 * The two ends of a word, with at least a letter between them: one slip, also two letters swapped, can't touch both.
 * That leaves few rows for the close look.
 */
const endsOf = (word: string): readonly string[] => {
  if (word.length < shortest) return [word]
  const length = (word.length - 1) >> 1
  return [word.slice(0, length), word.slice(-length)]
}

/** Between two letters stands anything but the second: so there is one way to match, and no going back. */
const abbreviation = (text: string): RegExp => {
  const [first = '', ...others] = [...text].map(literal)
  return new RegExp(first + others.map((letter) => `[^${letter}/\\n]*${letter}`).join(''), 'gu')
}

const literal = (letter: string): string =>
  /^[a-z0-9]$/.test(letter) ? letter : `\\u{${letter.codePointAt(0)?.toString(16)}}`
