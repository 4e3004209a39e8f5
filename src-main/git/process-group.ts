import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** How long a group has to end by itself (git then removes what it half made) before it is killed, in ms. */
const grace = 400

/**
 * Ends a process and everything that it started: first asks, then kills. POSIX: the process must lead its own group
 * (`detached`). Windows: by `taskkill /T`.
 */
export const endGroup = (leader: ChildProcess, platform: NodeJS.Platform, systemRoot: string | undefined): void => {
  const { pid } = leader
  if (pid === undefined) return
  if (platform === 'win32') {
    const program = join(systemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe')
    spawn(program, ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on('error', () =>
      leader.kill(),
    )
    return
  }
  signalGroup(pid, 'SIGTERM')
  const kill = () => signalGroup(pid, 'SIGKILL')
  const timer = setTimeout(() => {
    kill()
    // A process that left the group could hold the pipes open for ever.
    leader.stdout?.destroy()
    leader.stderr?.destroy()
  }, grace)
  leader.once('close', () => {
    clearTimeout(timer)
    kill()
  })
}

const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
