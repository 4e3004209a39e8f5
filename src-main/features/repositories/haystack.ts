import type { Row } from './row'

/**
 * The paths of many rows as one text. Looking through it is ten times as fast as through the rows one by one, because
 * it lies in memory in one piece; making it costs one pass over them.
 */
export interface Haystack {
  /** Rows that hold at least one word of each group, in order. */
  find(groups: readonly (readonly string[])[]): readonly Row[]
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
      const found: Row[] = []
      for (let at = stages.indexOf(groups.length); at >= 0; at = stages.indexOf(groups.length, at + 1)) {
        const row = rows[at]
        if (row !== undefined) found.push(row)
      }
      return found
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
