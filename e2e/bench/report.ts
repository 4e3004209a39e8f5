import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Line } from './figure'

const isWithin = ({ ours, limit }: Line): boolean => ours <= limit

const shown = (value: number, unit: Line['unit']): string => {
  const digits = unit === 'count' ? 0 : value < 100 ? 1 : 0
  return `${value.toFixed(digits)}${unit === 'count' ? '' : ` ${unit}`}`
}

const cells = (line: Line): readonly string[] => [
  isWithin(line) ? '✓' : '✗',
  line.name,
  shown(line.ours, line.unit),
  line.reference === 0 ? '' : shown(line.reference, line.unit),
  line.reference === 0 ? '' : `${(line.ours / line.reference).toFixed(2)} ×`,
  shown(line.limit, line.unit),
  line.budget,
]

const heads = ['', 'figure', 'ours', 'reference', 'ratio', 'limit', 'budget']

/** The lines as a table. */
export const table = (lines: readonly Line[]): string => {
  const rows = [heads, ...lines.map(cells)]
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const numeric = (column: number) => column > 1 && column < 6
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          numeric(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Writes `report.json` and answers whether every line is within its budget. */
export const writeReport = async (
  folder: string,
  lines: readonly Line[],
  failed: readonly string[],
): Promise<boolean> => {
  const figures = lines.map((line) => ({
    name: line.name,
    unit: line.unit,
    ours: line.ours,
    reference: line.reference,
    ratio: line.reference === 0 ? null : line.ours / line.reference,
    limit: line.limit,
    budget: line.budget,
    ok: isWithin(line),
  }))
  const ok = failed.length === 0 && figures.length > 0 && figures.every((figure) => figure.ok)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'report.json'), `${JSON.stringify({ figures, failed, ok }, null, 2)}\n`)
  return ok
}
