import { type ChildProcess, spawn } from 'node:child_process'
import { array, minLength, pipe, safeParse, string } from 'valibot'
import { Failure } from '../../src-preload/contract/outcome'

/** The demo against git providers on this computer: a second copy of the app, with a profile of its own. */
export interface Demo {
  /** Whether it is there: it comes with the source, and not with an installed app. */
  readonly available: boolean
  /** Plays it, once at a time, and resolves when its window has been closed. @throws Failure `demo-failed` */
  play(): Promise<void>
}

/**
 * @param command what plays it, as a JSON array that the start from source has left in the environment
 * @param started is given the process: it ends by itself, also after the app
 */
export const createDemo = (command: string | undefined, started: (child: ChildProcess) => void): Demo => {
  let playing: Promise<void> | null = null
  const play = () =>
    new Promise<void>((resolve, reject) => {
      const parts = safeParse(pipe(array(string()), minLength(1)), JSON.parse(command ?? '[]'))
      if (!parts.success) throw new Failure('demo-failed', {}, { cause: parts.issues })
      const [program, ...args] = parts.output
      // What it says belongs in the terminal in which the app was started.
      const child = spawn(program ?? '', args, { stdio: ['ignore', 'inherit', 'inherit'] })
      started(child)
      child.once('error', (cause) => reject(new Failure('demo-failed', {}, { cause })))
      child.once('close', (code) => (code === 0 ? resolve() : reject(new Failure('demo-failed'))))
    })
  return {
    available: command !== undefined,
    play: () => {
      playing ??= play().finally(() => {
        playing = null
      })
      return playing
    },
  }
}
