import { ownOf } from '../../src-preload/contract/own'
import type { Unit } from './spellings'

/** Escapes that JSON has a letter for (RFC 8259, section 7). */
export const escapeLetters: Readonly<Record<string, string>> = {
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
  '"': '"',
  '/': '/',
  '\\': '\\',
}

/** Backslashes in front of one escape, and times that a percent sign is itself escaped: texts are nested that deep at most. */
export const deepestEscape = 8

/** Where a character ends that begins at `at`; `open` where the text ends before that is decided. */
export interface Ends {
  readonly ends: readonly number[]
  readonly open: boolean
}

/** Whether `expected` stands at `at`, in any case of letters; null where the text ends within it. */
const stands = (text: string, at: number, expected: string): boolean | null => {
  const found = text.slice(at, at + expected.length)
  if (found.toLowerCase() !== expected.slice(0, found.length)) return false
  return found.length === expected.length ? true : null
}

/** `%41`, `%2541` and so on for each byte (RFC 3986, section 2.1). */
const percentEnds = (text: string, start: number, character: string): Ends => {
  let at = start
  for (const byte of Buffer.from(character)) {
    if (at >= text.length) return { ends: [], open: true }
    if (text[at] !== '%') return { ends: [], open: false }
    at += 1
    if (character === '%') return nestedPercent(text, at)
    for (let depth = 0; depth < deepestEscape && stands(text, at, '25') === true; depth += 1) at += 2
    const here = stands(text, at, byte.toString(16).padStart(2, '0'))
    if (here !== true) return { ends: [], open: here === null || stands(text, at, '25') === null }
    at += 2
  }
  return { ends: [at], open: false }
}

/** A percent sign is `%25`, `%2525` and so on, and a secret may go on with `25` behind it: each is an end. */
const nestedPercent = (text: string, start: number): Ends => {
  const ends: number[] = []
  for (let at = start; ends.length < deepestEscape; ) {
    const here = stands(text, at, '25')
    if (here !== true) return { ends, open: here === null }
    at += 2
    ends.push(at)
  }
  return { ends, open: false }
}

/** `\u0041`, `\n`, `\/` and so on, behind one backslash or several (JSON in JSON). */
const jsonEnds = (text: string, start: number, character: string): Ends => {
  let at = start
  while (text[at] === '\\' && at - start < deepestEscape) at += 1
  if (at === start) return { ends: [], open: false }
  const ends: number[] = []
  let open = at >= text.length
  const letter = ownOf(escapeLetters, character)
  if (letter !== undefined && letter !== '\\' && text[at] === letter) ends.push(at + 1)
  // A backslash is two, or four, or eight of them.
  if (character === '\\') for (let end = start + 2; end <= at; end += 1) ends.push(end)
  let end = at
  for (let index = 0; index < character.length; index += 1) {
    if (index > 0) {
      const first = end
      while (text[end] === '\\' && end - first < deepestEscape) end += 1
      if (end >= text.length) return { ends, open: true }
      if (end === first) return { ends, open }
    }
    const here = stands(text, end, `u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    if (here === null) open = true
    if (here !== true) return { ends, open }
    end += 5
  }
  return { ends: [...ends, end], open }
}

/** Every way in which one character may stand at `at`: plain, percent-encoded, or escaped as in JSON. Forms write a space as `+`. */
export const unitEnds = (text: string, at: number, unit: Unit): Ends => {
  const ends: number[] = []
  let open = false
  for (const character of unit) {
    if (text.startsWith(character, at)) ends.push(at + character.length)
    else if (character.length > 1 && at + 1 === text.length && text[at] === character[0]) open = true
    if (text[at] === '%') {
      const encoded = percentEnds(text, at, character)
      ends.push(...encoded.ends)
      open ||= encoded.open
    } else if (text[at] === '\\') {
      const escaped = jsonEnds(text, at, character)
      ends.push(...escaped.ends)
      open ||= escaped.open
    } else if (character === ' ' && text[at] === '+') ends.push(at + 1)
  }
  return { ends, open }
}
