import { type ChildProcess, spawn } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { type EventEmitter, errorMonitor } from 'node:events'
import { join } from 'node:path'

/** The programs that this process has started and that still run. */
export interface ChildProcesses {
  /** Leaves one alone: it is meant to go on without the app. */
  release(child: ChildProcess): void
  /** Kills them and what they have started, at once. */
  kill(): void
}

/** A process that leads a group is killed with it. */
const killNow = (pid: number): void => {
  if (process.platform === 'win32') {
    const program = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe')
    spawn(program, ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on('error', () => {})
    return
  }
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL')
    } catch {
      // It leads no group, or is gone.
    }
  }
}

/** Follows every program that is started from now on, by whatever part of the app (Node.js, diagnostics_channel). */
export const followChildProcesses = (): ChildProcesses => {
  const running = new Set<ChildProcess>()
  subscribe('child_process', (message) => {
    const { process: child } = message as { readonly process: ChildProcess }
    running.add(child)
    const over = () => running.delete(child)
    ;(child as EventEmitter).once('exit', over).once(errorMonitor, over)
  })
  return {
    release: (child) => void running.delete(child),
    kill: () => {
      for (const { pid } of [...running]) if (pid !== undefined) killNow(pid)
    },
  }
}
