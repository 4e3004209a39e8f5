import { type ChildProcess, spawn } from 'node:child_process'

/**
 * A shell's watch over its parent. As long as this shell is still that process's child, the number is nobody else's.
 * Arguments: the process and the seconds.
 */
const posixScript = `is_child() {
  parent=
  if [ -r "/proc/$$/stat" ]; then read -r _ _ _ parent _ <"/proc/$$/stat"; else parent=$(ps -o ppid= -p "$$"); fi
  [ "\${parent:-0}" -eq "$1" ]
} 2>/dev/null
sleep "$2" & timer=$!
{ while is_child "$1"; do sleep 0.1; done; kill "$timer"; } 2>/dev/null &
wait "$timer" && is_child "$1" && kill -9 "$1"
exit 0`

/** The process object keeps the number from being given to another. */
const windowsScript = (pid: number, limitMs: number): string =>
  `$app = Get-Process -Id ${pid} -ErrorAction Stop; if (-not $app.WaitForExit(${limitMs})) { taskkill /PID ${pid} /T /F }`

/** The program that kills a process after a time unless it has ended by then. */
export const killAfterCommand = (
  pid: number,
  limitMs: number,
  platform: NodeJS.Platform,
): readonly [program: string, ...args: string[]] =>
  platform === 'win32'
    ? ['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', windowsScript(pid, limitMs)]
    : ['/bin/sh', '-c', posixScript, 'sh', String(pid), (limitMs / 1000).toFixed(3)]

/**
 * Has this process killed from outside if it is still there after so many ms: native code that hangs, a debugger that is
 * waited for, or an event loop that stands still can't be ended from within.
 * @returns the watch, which has to outlive everything else
 */
export const killAfter = (limitMs: number, failed: (error: unknown) => void): ChildProcess => {
  const [program, ...args] = killAfterCommand(process.pid, limitMs, process.platform)
  // A session of its own: a terminal's Ctrl C, which may be what ends the app, must not end the watch.
  const watch = spawn(program, args, { stdio: 'ignore', detached: process.platform !== 'win32', windowsHide: true })
  watch.on('error', failed)
  watch.unref()
  return watch
}
