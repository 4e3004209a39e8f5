import { ownOf } from '../../src-preload/contract/own'
import { deepestEscape, escapeLetters } from './escapes'
import type { Spelling } from './spellings'

/** Spellings by what they may begin with, so that few are tried at each place of a text. */
export interface SpellingTable {
  add(spellings: readonly Spelling[]): void
  isEmpty(): boolean
  /** Those that may begin at `at`; all of them where the text ends before that is decided. */
  candidates(text: string, at: number): readonly Spelling[]
}

const none: readonly Spelling[] = []

const joined = (a: readonly Spelling[] = none, b: readonly Spelling[] = none): readonly Spelling[] =>
  a.length === 0 ? b : b.length === 0 ? a : [...a, ...b]

const codeOf = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, '0')

/** @see SpellingTable */
export const createSpellingTable = (): SpellingTable => {
  const all: Spelling[] = []
  const plain = new Map<string, Spelling[]>()
  /** By the first two characters; and those of one, or of such as are two UTF-16 units, by the first. */
  const pairs = new Map<string, Spelling[]>()
  const others = new Map<string, Spelling[]>()
  /** By the first byte, in hexadecimal. */
  const percent = new Map<string, Spelling[]>()
  /** By the letter of an escape, or `u` and the UTF-16 unit in hexadecimal. */
  const json = new Map<string, Spelling[]>()

  const put = (table: Map<string, Spelling[]>, name: string, spelling: Spelling) => {
    const known = table.get(name)
    if (known === undefined) table.set(name, [spelling])
    else if (known.at(-1) !== spelling) known.push(spelling)
  }
  const addOne = (spelling: Spelling) => {
    all.push(spelling)
    const [first = [], second = []] = spelling.units
    const isPair = second.length > 0 && [...first, ...second].every(({ length }) => length === 1)
    for (const character of first) {
      if (isPair) for (const next of second) put(pairs, character + next, spelling)
      else put(others, character[0] ?? '', spelling)
      put(plain, character[0] ?? '', spelling)
      if (character === ' ') put(plain, '+', spelling)
      const [byte = 0] = Buffer.from(character)
      put(percent, byte.toString(16).padStart(2, '0'), spelling)
      put(json, `u${codeOf(character)}`, spelling)
      const letter = ownOf(escapeLetters, character)
      if (letter !== undefined) put(json, letter, spelling)
    }
  }

  const afterPercent = (text: string, start: number): readonly Spelling[] => {
    let found: readonly Spelling[] = none
    // `%25` is a percent sign, or the escape of one that belongs to another.
    for (let depth = 0, at = start; depth <= deepestEscape; depth += 1, at += 2) {
      const byte = text.slice(at, at + 2).toLowerCase()
      if (byte.length < 2) return all
      const begin = percent.get(byte)
      found = joined(found, begin)
      if (byte !== '25') break
    }
    return found
  }
  const afterBackslash = (text: string, start: number): readonly Spelling[] => {
    let at = start
    while (text[at] === '\\' && at - start < deepestEscape) at += 1
    const letter = text[at]
    if (letter === undefined) return all
    const isCode = letter === 'u' || letter === 'U'
    const code = text.slice(at + 1, at + 5).toLowerCase()
    if (isCode && code.length < 4 && at + 5 > text.length) return all
    return joined(json.get(isCode ? `u${code}` : letter), json.get('\\'))
  }

  return {
    add: (spellings) => {
      for (const spelling of spellings) addOne(spelling)
    },
    isEmpty: () => all.length === 0,
    candidates: (text, at) => {
      const character = text[at] ?? ''
      if (character !== '%' && character !== '\\' && character !== '+') {
        const next = text[at + 1]
        if (next !== undefined && next !== '%' && next !== '\\' && next !== '+') {
          return joined(pairs.get(character + next), others.get(character))
        }
      }
      const begin = plain.get(character) ?? none
      if (character !== '%' && character !== '\\') return begin
      const escaped = character === '%' ? afterPercent(text, at + 1) : afterBackslash(text, at)
      return escaped === all ? all : joined(begin, escaped)
    },
  }
}
