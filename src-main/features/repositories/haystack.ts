import type { Row } from './row'

/**
 * The paths of many rows as one text. Looking through it is ten times as fast as through the rows one by one, because
 * it lies in memory in one piece; making it costs one pass over them.
 */
export interface Haystack {
  /** Places of the rows that hold at least one word of each group, in order. */
  find(groups: readonly (readonly string[])[]): readonly number[]
  /** How well the name of each row holds one of these words: 0 is one, 1 begins with one, 2 holds one, 3 holds none. */
  rank(words: readonly string[]): Uint8Array
  /** Rows that match, in order. The pattern has to be global and must not match across lines. */
  match(pattern: RegExp): readonly Row[]
}

export const createHaystack = (rows: readonly Row[]): Haystack => {
  const text = rows.map(({ folded }) => folded).join('\n')
  /** Where each row begins, and where one after the last would. */
  const starts = new Uint32Array(rows.length + 1)
  rows.forEach(({ folded }, at) => {
    starts[at + 1] = (starts[at] ?? 0) + folded.length + 1
  })
  const startOf = (at: number): number => starts[at] ?? text.length

  /** Where the name of each row begins: after the last slash. Made when it is first needed. */
  let names: Uint32Array | null = null
  const nameOf = (at: number): number => {
    names ??= Uint32Array.from(rows, ({ folded }, row) => startOf(row) + folded.lastIndexOf('/') + 1)
    return names[at] ?? text.length
  }

  /** The row that holds a place at or after row `from`. */
  const rowAt = (place: number, from: number): number => {
    let at = from
    while (startOf(at + 1) <= place) at += 1
    return at
  }

  return {
    find: (groups) => {
      /** How many groups each row has been found for. */
      const stages = new Uint8Array(rows.length)
      groups.forEach((words, stage) => {
        for (const word of words) {
          let at = 0
          for (let place = text.indexOf(word); place >= 0; place = text.indexOf(word, startOf(at + 1))) {
            at = rowAt(place, at)
            if (stages[at] === stage) stages[at] = stage + 1
          }
        }
      })
      const found: number[] = []
      for (let at = stages.indexOf(groups.length); at >= 0; at = stages.indexOf(groups.length, at + 1)) found.push(at)
      return found
    },
    rank: (words) => {
      const ranks = new Uint8Array(rows.length).fill(3)
      for (const word of words) {
        let at = 0
        let place = text.indexOf(word)
        while (place >= 0) {
          at = rowAt(place, at)
          const name = nameOf(at)
          if (place < name) {
            // In the owner: the name is looked at next, of this row or of a later one.
            place = text.indexOf(word, name)
            continue
          }
          const rank = place > name ? 2 : startOf(at + 1) - 1 - name === word.length ? 0 : 1
          if (rank < (ranks[at] ?? 3)) ranks[at] = rank
          place = text.indexOf(word, startOf(at + 1))
        }
      }
      return ranks
    },
    match: (pattern) => {
      const found: Row[] = []
      let at = 0
      pattern.lastIndex = 0
      for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        at = rowAt(match.index, at)
        const row = rows[at]
        if (row !== undefined) found.push(row)
        pattern.lastIndex = startOf(at + 1)
      }
      return found
    },
  }
}
