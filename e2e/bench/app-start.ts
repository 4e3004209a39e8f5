import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { electronBinary, hasSandbox, root } from '../fixtures/electron'
import { instant } from './samples'

/** The least that an Electron app can be. */
export const plainWindow = join(root, 'e2e', 'bench', 'plain-window')

/** One start of an Electron app without anything that drives it. */
export interface AppStart {
  /** What to run: `root` for the app itself. */
  readonly app: string
  readonly profile: string
  readonly env: NodeJS.ProcessEnv
  /** Runs in the page once its document is there; may call `report(name)`. */
  readonly script?: string
}

/** A running app that tells what happens in it. */
export interface Started {
  readonly child: ChildProcess
  /** Milliseconds from the start until something happened; waits for it, at most 60 s. */
  mark(name: string): Promise<number>
  /** Ends it and waits for that. */
  stop(): Promise<void>
}

/** Starts an app as a person's desktop does, with the probe in it. */
export const startApp = ({ app, profile, env, script }: AppStart): Started => {
  const from = instant()
  const marks = new Map<string, number>()
  const waiting = new Set<() => void>()
  const args = [
    ...(hasSandbox ? [] : ['--no-sandbox']),
    '-r',
    join(root, 'e2e', 'bench', 'probe.cjs'),
    app,
    `--user-data-dir=${profile}`,
    '--password-store=gnome-libsecret',
  ]
  const child = spawn(electronBinary(), args, {
    env: { ...env, ...(script === undefined ? {} : { PROBE_SCRIPT: script }) },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const wake = () => {
    for (const listener of waiting) listener()
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, name, at] = /^probe (\S+) ([\d.]+)$/.exec(line) ?? []
    if (name === undefined || marks.has(name)) return
    marks.set(name, Number(at) - from)
    wake()
  })
  child.on('close', wake)

  return {
    child,
    mark: async (name) => {
      const end = performance.now() + 60_000
      for (;;) {
        const found = marks.get(name)
        if (found !== undefined) return found
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The app ended before "${name}"`)
        const left = end - performance.now()
        if (left <= 0) throw new Error(`The app did not come to "${name}" within 60 s`)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, left)
          function done() {
            clearTimeout(timer)
            waiting.delete(done)
            resolve()
          }
          waiting.add(done)
        })
      }
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await closed
      clearTimeout(timer)
    },
  }
}
