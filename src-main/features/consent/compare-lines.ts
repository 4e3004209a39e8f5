import type { Line } from '../../../src-preload/consent-question'

/** Unchanged lines that are shown around a change. */
const context = 3
/** Steps that a comparison may take; beyond that all old lines and all new lines are shown. */
const longest = 1_000_000

const toLines = (text: string): readonly string[] => (text === '' ? [] : text.split(/\r\n|\r|\n/))

/** Longest common subsequence of the lines, by the textbook table. */
const compareAll = (before: readonly string[], after: readonly string[]): Line[] => {
  if (before.length * after.length > longest) {
    return [
      ...before.map((text): Line => ({ mark: 'removed', text })),
      ...after.map((text): Line => ({ mark: 'added', text })),
    ]
  }
  const width = after.length + 1
  const common = new Uint32Array((before.length + 1) * width)
  const at = (row: number, column: number) => common[row * width + column] ?? 0
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        before[row] === after[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const lines: Line[] = []
  let [row, column] = [0, 0]
  while (row < before.length || column < after.length) {
    const [old = '', fresh = ''] = [before[row], after[column]]
    if (row < before.length && column < after.length && old === fresh) {
      lines.push({ mark: 'plain', text: old })
      row += 1
      column += 1
    } else if (row < before.length && (column >= after.length || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ mark: 'removed', text: old })
      row += 1
    } else {
      lines.push({ mark: 'added', text: fresh })
      column += 1
    }
  }
  return lines
}

/** Joins runs for which `joins` holds and that are longer than `most` into one line that says how many there were. */
const joinRuns = (
  lines: readonly Line[],
  joins: (line: Line, index: number) => boolean,
  most: number,
  said: (count: number) => string,
): Line[] => {
  const joined: Line[] = []
  for (let index = 0; index < lines.length; ) {
    let end = index
    for (let line = lines[end]; line !== undefined && joins(line, end); line = lines[end]) end += 1
    if (end - index > most) joined.push({ mark: 'omitted', text: said(end - index) })
    else joined.push(...lines.slice(index, Math.max(end, index + 1)))
    index = Math.max(end, index + 1)
  }
  return joined
}

/** How runs of lines that are left out are told. */
export interface LineWords {
  readonly unchanged: (count: number) => string
  readonly blank: (count: number) => string
}

/** Spaces of other kinds are no blanks to a shell: they name a program. */
const isBlank = (text: string): boolean => /^[ \t]*$/.test(text)

const joinBlank = (lines: readonly Line[], words: LineWords) =>
  joinRuns(lines, ({ text }) => isBlank(text), 2, words.blank)

/** A text as lines. Many blank ones, which would push the rest out of sight, are counted instead. */
export const textLines = (text: string, words: LineWords): readonly Line[] =>
  joinBlank(
    toLines(text).map((line) => ({ mark: 'plain', text: line })),
    words,
  )

/** What changes from one text to another, with a few unchanged lines around it. */
export const compareLines = (before: string, after: string, words: LineWords): readonly Line[] => {
  // At line feeds only: a shell takes a carriage return for a letter, so one that comes or goes is a change to be seen.
  const [old = [], fresh = []] = [before, after].map((text) => (text === '' ? [] : text.split('\n')))
  let head = 0
  while (head < Math.min(old.length, fresh.length) && old[head] === fresh[head]) head += 1
  let tail = 0
  while (
    tail < Math.min(old.length, fresh.length) - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  ) {
    tail += 1
  }
  const plain = (lines: readonly string[]) => lines.map((text): Line => ({ mark: 'plain', text }))
  const lines = [
    ...plain(old.slice(0, head)),
    ...compareAll(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)),
    ...plain(old.slice(old.length - tail)),
  ]
  const near = (index: number) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ mark }) => mark !== 'plain')
  return joinBlank(
    joinRuns(lines, ({ mark }, index) => mark === 'plain' && !near(index), 1, words.unchanged),
    words,
  )
}
