import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../fixtures/electron'
import type { Bench, Figure, Line } from './figure'
import { table, writeReport } from './report'

/**
 * `npm run bench`: every figure is measured beside a plain counterpart in the same run. `npm run bench -- name …` runs
 * those files of `figures/` alone. A new figure is a new file there.
 */

const figuresFolder = join(root, 'e2e', 'bench', 'figures')

/** The figures asked for, or all, in the order of their names. */
const chosen = async (names: readonly string[]): Promise<readonly Figure[]> => {
  const files = (await readdir(figuresFolder)).filter((name) => name.endsWith('.ts')).sort()
  const all = await Promise.all(
    files.map(async (file) => ((await import(join(figuresFolder, file))) as { readonly figure: Figure }).figure),
  )
  const unknown = names.filter((name) => !all.some((figure) => figure.name === name))
  if (unknown.length > 0) {
    const known = all.map(({ name }) => name).join(', ')
    throw new Error(`There is no figure called ${unknown.join(', ')}. There are: ${known}.`)
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name))
}

const main = async (): Promise<boolean> => {
  const figures = await chosen(process.argv.slice(2).filter((argument) => !argument.startsWith('-')))
  const home = join(process.env.HOME ?? root, 'bench')
  const bench: Bench = {
    env: process.env,
    folder: async (name) => {
      const folder = join(home, name)
      await mkdir(folder, { recursive: true })
      return folder
    },
  }
  const lines: Line[] = []
  const failed: string[] = []
  for (const { name, measure } of figures) {
    const from = performance.now()
    try {
      lines.push(...(await measure(bench)))
    } catch (error) {
      failed.push(name)
      console.error(`${name} could not be measured:`, error)
    }
    console.log(`${name} (${((performance.now() - from) / 1000).toFixed(0)} s)`)
  }
  const ok = await writeReport(join(root, 'out', 'bench'), lines, failed)
  console.log(`\n${table(lines)}\n`)
  const within = lines.filter(({ ours, limit }) => ours <= limit).length
  console.log(
    `bench: ${within} within budget, ${lines.length - within} over` +
      (failed.length > 0 ? `, not measured: ${failed.join(', ')}` : ''),
  )
  return ok
}

main().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
