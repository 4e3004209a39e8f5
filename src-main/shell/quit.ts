import type { Clock } from '../clock'
import type { Log } from '../log/log'

/**
 * When each part of the end is over at the latest, in ms from the moment in which quitting was asked for. By `work`
 * everything that runs has stopped, by `writes` everything is on the disk, by `process` there is no process any more. What
 * a busy computer takes to begin and to kill comes on top, and three seconds hold that, too.
 */
export const quitLimitsMs = { work: 1400, writes: 1900, process: 2500 } as const

/** Steps of one stage by their names. Each is told to stop at once and resolves when nothing of it is left. */
export type Steps = Readonly<Record<string, () => Promise<unknown>>>

/** What the end of the app consists of. */
export interface QuitParts {
  readonly clock: Clock
  readonly log: Pick<Log, 'info' | 'warn'>
  /** Has this process killed from outside if it is still there after so many ms. */
  readonly killAfter: (limitMs: number) => void
  /** What runs: it ends here, and may write a last time. */
  readonly work: Steps
  /** What is being written, looked at when the work has ended. */
  readonly writes: Steps
  /** Ends the process. It is called once, whatever the steps come to. */
  readonly exit: () => void
}

/** Starts all steps together; resolves with the names of those that had not ended at the limit. Never rejects. */
const runStage = async (steps: Steps, limit: Promise<void>, log: Pick<Log, 'warn'>): Promise<readonly string[]> => {
  const open = new Set(Object.keys(steps))
  const all = Object.entries(steps).map(async ([name, step]) => {
    try {
      await step()
    } catch (error) {
      log.warn('A part of the app did not end well', { name, error })
    }
    open.delete(name)
  })
  await Promise.race([Promise.all(all), limit])
  return [...open]
}

/**
 * Makes what ends the app, in a fixed time whatever hangs: first what runs, then what is written, then the process. A
 * token renewal whose answer arrives in time is kept; one that is still on the wire at the limit is left.
 * @returns what begins the end; later calls do nothing. `elapsedMs`: how long ago a person asked for it
 */
export const createQuit = ({
  clock,
  log,
  killAfter,
  work,
  writes,
  exit,
}: QuitParts): ((elapsedMs?: number) => void) => {
  let begun = false
  const end = async (elapsedMs: number): Promise<void> => {
    const from = clock.now()
    const after = (limitMs: number) =>
      new Promise<void>((resolve) => {
        clock.after(Math.max(0, limitMs - elapsedMs), resolve)
      })
    killAfter(Math.max(0, quitLimitsMs.process - elapsedMs))
    // Both count from the beginning: a stage that takes its whole time leaves the next one what it has for itself.
    const [workLimit, writesLimit] = [after(quitLimitsMs.work), after(quitLimitsMs.writes)]
    const unfinished = [...(await runStage(work, workLimit, log)), ...(await runStage(writes, writesLimit, log))]
    log.info('The app ends', { milliseconds: clock.now() - from, unfinished })
  }
  return (elapsedMs = 0) => {
    if (begun) return
    begun = true
    void end(elapsedMs)
      .catch((error: unknown) => log.warn('The end of the app failed', { error }))
      .finally(exit)
  }
}
