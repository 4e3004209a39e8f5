import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One thing that a person does, and how it went. */
interface Step {
  readonly name: string
  readonly ok: boolean
  /** Milliseconds. */
  readonly ms: number
}

/** Runs steps one after the other, says how each went, and writes the report. */
export interface Steps {
  /** A piece of so many steps. After a failed one its others are not tried, as they would fail because of it. */
  part(planned: number, play: () => Promise<void>): Promise<void>
  run(name: string, act: () => Promise<unknown>): Promise<void>
  /** Writes `report.json` and says the totals; true when all passed. */
  finish(): Promise<boolean>
}

const shortly = (error: unknown): string =>
  error instanceof Error ? error.message.split('\n').slice(0, 4).join('\n  ') : String(error)

/** @param folder where the report goes. @param onFailure keeps what shows why. */
export const createSteps = async (folder: string, onFailure: () => Promise<unknown>): Promise<Steps> => {
  await mkdir(folder, { recursive: true })
  const steps: Step[] = []
  let broken = false
  let planned = 0
  const run: Steps['run'] = async (name, act) => {
    if (broken) return
    const from = performance.now()
    let problem = ''
    try {
      await act()
    } catch (error) {
      broken = true
      problem = shortly(error)
      await onFailure().catch(() => undefined)
    }
    const ms = Math.round(performance.now() - from)
    steps.push({ name, ok: !broken, ms })
    console.log(`${broken ? '✗' : '✓'} ${name} (${ms} ms)${problem === '' ? '' : `\n  ${problem}`}`)
  }
  return {
    run,
    part: async (count, play) => {
      planned += count
      broken = false
      await play()
    },
    finish: async () => {
      const passed = steps.filter(({ ok }) => ok).length
      const ok = passed === planned && steps.length === planned
      await writeFile(join(folder, 'report.json'), `${JSON.stringify({ steps, ok }, null, 2)}\n`)
      console.log(`demo: ${passed} passed, ${planned - passed} failed`)
      return ok
    },
  }
}
