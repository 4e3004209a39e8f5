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
  /** After a failed step the others are not tried: they would fail because of it. */
  run(name: string, act: () => Promise<unknown>): Promise<void>
  /** Writes `report.json` and says the totals; true when all passed. */
  finish(): Promise<boolean>
}

/** @param folder where the report goes. @param planned how many steps there are, so that those not reached count as failed. @param onFailure keeps what shows why. */
export const createSteps = async (
  folder: string,
  planned: number,
  onFailure: () => Promise<unknown>,
): Promise<Steps> => {
  await mkdir(folder, { recursive: true })
  const steps: Step[] = []
  let broken = false
  return {
    run: async (name, act) => {
      if (broken) return
      const from = performance.now()
      let problem = ''
      try {
        await act()
      } catch (error) {
        broken = true
        await onFailure()
        problem = error instanceof Error ? error.message.split('\n').slice(0, 4).join('\n  ') : String(error)
      }
      const ms = Math.round(performance.now() - from)
      steps.push({ name, ok: !broken, ms })
      console.log(`${broken ? '✗' : '✓'} ${name} (${ms} ms)${problem === '' ? '' : `\n  ${problem}`}`)
    },
    finish: async () => {
      const passed = steps.filter(({ ok }) => ok).length
      const ok = passed === planned
      await writeFile(join(folder, 'report.json'), `${JSON.stringify({ steps, ok }, null, 2)}\n`)
      console.log(`demo: ${passed} passed, ${planned - passed} failed`)
      return ok
    },
  }
}
