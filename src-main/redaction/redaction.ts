import { unitEnds } from './escapes'
import { createSpellingTable, type SpellingTable } from './spelling-table'
import { type Spelling, spellingsOf, type Unit, valuesToHide } from './spellings'

const shown = '[secret]'
const base64Character = /^[\w+/=-]$/

/** Cuts known secrets out of texts, in whatever encoding they stand there. */
export interface Redaction {
  /** A whole text. */
  text(whole: string): string
  /** A text that comes in parts: a secret that is split between them is found too. */
  stream(): RedactionStream
}

/** A redaction that comes to know more values. */
export interface GrowingRedaction extends Redaction {
  add(values: readonly string[]): void
}

/** One text in parts. */
export interface RedactionStream {
  /** The next part; gives what can be told by now. What may be the beginning of a secret is held back. */
  push(part: string): string
  /** What was held back. */
  end(): string
}

/** Part of a text, from `start` up to `end`. */
interface Span {
  readonly start: number
  readonly end: number
}

/** How many units stand there as they are, without an escape: nearly always the first few, or none. */
const plainPrefix = (text: string, start: number, units: readonly Unit[]): { at: number; units: number } => {
  let at = start
  let count = 0
  for (const unit of units) {
    const found = text[at]
    // An escape, or the form's spelling of a space, may be read in several ways.
    if (found === undefined || found === '%' || found === '\\' || found === '+' || unit[0]?.length !== 1) break
    if (found !== unit[0] && found !== unit[1]) break
    at += 1
    count += 1
  }
  return { at, units: count }
}

/** An end of a line as it is or escaped as in JSON, with the indentation of the next line. */
const lineBreak = /(?:\r|\n|\\{1,8}[rn]){1,4}[ \t]{0,40}/y

/** Where a text goes on behind an end of a line, or null where there is none. */
const behindBreak = (text: string, at: number): number | null => {
  if (!'\r\n\\'.includes(text[at] ?? ' ')) return null
  lineBreak.lastIndex = at
  return lineBreak.test(text) ? lineBreak.lastIndex : null
}

const noMatch = { end: null, open: false } as const

/** Where one spelling ends that begins at `start`: the furthest end, or null; `open` where the text ends within it. */
const match = (
  text: string,
  start: number,
  { units, after, breaks }: Spelling,
): { end: number | null; open: boolean } => {
  const plain = plainPrefix(text, start, units)
  const missed = text[plain.at]
  const expected = units[plain.units]
  // Nearly always: another character, which neither begins an escape nor ends a line.
  if (expected?.[0]?.length === 1 && missed !== undefined && !'%\\+\r\n'.includes(missed)) return noMatch
  let places = [plain.at]
  let open = false
  for (const [index, unit] of (plain.units === 0 ? units : units.slice(plain.units)).entries()) {
    const next = new Set<number>()
    const broken = breaks && index + plain.units > 0 ? places.map((place) => behindBreak(text, place)) : []
    for (const place of [...places, ...broken.filter((behind) => behind !== null)]) {
      if (place >= text.length) open = true
      else {
        const reached = unitEnds(text, place, unit)
        for (const end of reached.ends) next.add(end)
        open ||= reached.open
      }
    }
    if (next.size === 0) return { end: null, open }
    places = [...next]
  }
  let end = Math.max(...places)
  for (let index = 0; index < after; index += 1) {
    if (end >= text.length) return { end, open: true }
    if (!base64Character.test(text[end] ?? '') || (index > 0 && text[end] !== '=')) break
    end += 1
  }
  return { end, open }
}

/** The secrets in a text, in order; and from where on a secret may stand that the text ends within. */
const find = (text: string, table: SpellingTable): { spans: Span[]; openFrom: number } => {
  const spans: Span[] = []
  let openFrom = text.length
  for (let at = 0; at < text.length; at += 1) {
    for (const spelling of table.candidates(text, at)) {
      const { end, open } = match(text, at, spelling)
      const start = spelling.before === 1 && base64Character.test(text[at - 1] ?? '') ? at - 1 : at
      if (open) openFrom = Math.min(openFrom, start)
      if (end !== null) spans.push({ start, end })
    }
  }
  return { spans, openFrom }
}

/** Text up to `until` with the spans taken out; those that overlap are one. */
const without = (text: string, spans: readonly Span[], until: number): string => {
  let clean = ''
  let from = 0
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= from) continue
    if (start >= from) clean += text.slice(from, start) + shown
    from = end
  }
  return clean + text.slice(from, Math.max(from, until))
}

/**
 * A redaction for some values: verbatim; base64 and base64url at each of the three offsets; hexadecimal; each of them with
 * any of its characters percent-encoded or escaped as in JSON. Time grows with the text's length alone.
 * @param shortest UTF-16 units of the shortest value, and line of one, that is looked for
 */
export const createRedaction = (values: readonly string[], shortest = 1): Redaction => {
  const redaction = createGrowingRedaction(shortest)
  redaction.add(values)
  return redaction
}

/** The same, with no value yet. */
export const createGrowingRedaction = (shortest = 1): GrowingRedaction => {
  const table = createSpellingTable()
  return {
    add: (values) => table.add(valuesToHide(values, shortest).flatMap(spellingsOf)),
    text: (whole) => (table.isEmpty() ? whole : without(whole, find(whole, table).spans, whole.length)),
    stream: () => {
      let held = ''
      return {
        push: (part) => {
          const text = held + part
          const { spans, openFrom } = find(text, table)
          // One more character: it may hold bits of a secret in base64 that begins behind it.
          let until = Math.max(0, Math.min(openFrom, text.length) - (table.isEmpty() ? 0 : 1))
          // From behind: a span that is kept whole may be overlapped by one before it.
          for (const { start, end } of [...spans].sort((a, b) => b.start - a.start))
            if (start < until && end > until) until = start
          held = text.slice(until)
          return without(
            text,
            spans.filter(({ start }) => start < until),
            until,
          )
        },
        end: () => {
          const rest = without(held, find(held, table).spans, held.length)
          held = ''
          return rest
        },
      }
    },
  }
}
