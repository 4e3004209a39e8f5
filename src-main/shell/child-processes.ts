import { ChildProcess, spawn } from 'node:child_process'
import { type EventEmitter, errorMonitor } from 'node:events'
import { join } from 'node:path'

/** The programs that this process has started and that still run. */
export interface ChildProcesses {
  /** Leaves one alone: it is meant to go on without the app. */
  release(child: ChildProcess): void
  /**
   * Kills them and what they have started, at once; also each that is started later, as by who tries another program
   * instead, but one that is detached: an update is installed by it when the app has gone.
   */
  kill(): void
}

/** A process that leads a group is killed with it. */
const killNow = (pid: number): void => {
  if (process.platform === 'win32') {
    const program = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe')
    spawn(program, ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true, detached: true }).on(
      'error',
      () => {},
    )
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

/** What every way of starting a program comes down to; Node 18 has no channel that tells of it (diagnostics_channel). */
interface Starts {
  spawn(this: ChildProcess, options: { readonly detached?: boolean }): unknown
}

/**
 * Follows every program that is started from now on, by whatever part of the app. One that is left over would hold what it
 * has inherited from Chromium, and with it Chromium's own processes.
 */
export const followChildProcesses = (): ChildProcesses => {
  const running = new Set<ChildProcess>()
  let over = false
  const starts = ChildProcess.prototype as unknown as Starts
  const { spawn: start } = starts
  starts.spawn = function (options) {
    const ended = () => running.delete(this)
    running.add(this)
    ;(this as EventEmitter).once('exit', ended).once(errorMonitor, ended)
    const result = start.call(this, options)
    if (over && options.detached !== true && this.pid !== undefined) killNow(this.pid)
    return result
  }
  return {
    release: (child) => void running.delete(child),
    kill: () => {
      over = true
      for (const { pid } of [...running]) if (pid !== undefined) killNow(pid)
    },
  }
}
