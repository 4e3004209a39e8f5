import { saidText } from '../../src-preload/contract/plain-text'

/** Lines with their cells below each other. */
export const inColumns = (rows: readonly (readonly string[])[]): string => {
  const cells = rows.map((row) => row.map(saidText))
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('')
}
