import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { obeySignals } from './run.mjs'
import { complain, Stop } from './say.mjs'

/** The repository's folder. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/**
 * Runs a whole script and turns its result into the exit code.
 * @param {() => Promise<number>} work resolves with the exit code
 */
export async function main(work) {
  obeySignals()
  try {
    process.exitCode = await work()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    if (error.details) complain(error.details.trimEnd())
    complain(error.message)
    if (error.action) complain(error.action)
    process.exitCode = error.code
  }
}
