import type { DeployPhase } from '../../../src-preload/contract/entities/app'
import type { LogLine } from './deploy-log-store'

/** The end of a log as text, at most `limit` characters, cut between lines; and how many lines that is. */
export const endOfLog = (
  lines: readonly LogLine[],
  limit: number,
): { readonly text: string; readonly lines: number } => {
  let size = 0
  let first = lines.length
  while (first > 0) {
    const next = size + (lines[first - 1]?.text.length ?? 0) + 1
    if (next > limit) break
    size = next
    first -= 1
  }
  const kept = lines.slice(first)
  return { text: kept.map(({ text }) => text).join('\n'), lines: kept.length }
}

/** Numbers of the lines in which a text occurs, whatever its case. */
export const findInLog = (lines: readonly LogLine[], text: string): readonly number[] => {
  const wanted = text.toLowerCase()
  if (wanted === '') return []
  return lines.flatMap((line, index) => (line.text.toLowerCase().includes(wanted) ? [index] : []))
}

/** A piece of a line: where it starts, and whether it is what was looked for. */
export interface LinePiece {
  readonly at: number
  readonly text: string
  readonly found: boolean
}

/** A line cut where a text occurs in it. */
export const cutAt = (line: string, text: string): readonly LinePiece[] => {
  const low = line.toLowerCase()
  const wanted = text.toLowerCase()
  // Some letters change their length with their case; then positions in one are not those in the other.
  if (wanted === '' || low.length !== line.length) return [{ at: 0, text: line, found: false }]
  const pieces: LinePiece[] = []
  let at = 0
  for (let found = low.indexOf(wanted); found >= 0; found = low.indexOf(wanted, at)) {
    pieces.push({ at, text: line.slice(at, found), found: false })
    at = found + wanted.length
    pieces.push({ at: found, text: line.slice(found, at), found: true })
  }
  return [...pieces, { at, text: line.slice(at), found: false }].filter((piece) => piece.text !== '')
}

/** The first line of each phase that has any. */
export const phaseStarts = (lines: readonly LogLine[]): ReadonlyMap<DeployPhase, number> => {
  const starts = new Map<DeployPhase, number>()
  lines.forEach(({ phase }, index) => {
    if (!starts.has(phase)) starts.set(phase, index)
  })
  return starts
}
