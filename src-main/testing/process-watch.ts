import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a watch saw. */
export interface Watched {
  /** Names of programs that were seen running below this process. */
  readonly programs: ReadonlySet<string>
  /** How often all processes were looked at. */
  readonly rounds: number
  /** Where a forbidden text stood: `argv of git`, `environment of sh`, `file /…`. */
  readonly findings: readonly string[]
}

const attempt = <T>(read: () => T, otherwise: T): T => {
  try {
    return read()
  } catch {
    // Processes and files come and go while they are being looked at.
    return otherwise
  }
}

const childrenOf = (pid: number): readonly number[] =>
  attempt(() => readdirSync(`/proc/${pid}/task`), []).flatMap((task) =>
    attempt(() => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8'), '')
      .split(' ')
      .filter((text) => text !== '')
      .map(Number),
  )

/** All processes below `pid`, by number. */
export const descendants = (pid: number): readonly number[] =>
  childrenOf(pid).flatMap((child) => [child, ...descendants(child)])

/** Whether a process is there and does something: one that has ended and waits to be reaped does not. */
export const isRunning = (pid: number): boolean =>
  attempt(() => !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'latin1')), false)

/** Files larger than this are not read on every look. */
const largest = 1024 * 1024

/**
 * Looks at every process below this one each 2 ms: at its arguments, its environment, the contents of the files that it
 * has open and of every file below `folders`. Works where /proc does (proc(5)).
 */
export const watchProcesses = (forbidden: readonly string[], folders: readonly string[]): { stop: () => Watched } => {
  const programs = new Set<string>()
  const findings = new Set<string>()
  let rounds = 0
  const judge = (text: string, where: string) => {
    if (forbidden.some((word) => text.includes(word))) findings.add(where)
  }
  const judgeFile = (path: string) => {
    const size = attempt(() => (statSync(path).isFile() ? statSync(path).size : 0), 0)
    if (size > 0 && size < largest)
      judge(
        attempt(() => readFileSync(path, 'latin1'), ''),
        `file ${path}`,
      )
  }
  const look = () => {
    rounds += 1
    for (const pid of descendants(process.pid)) {
      const argv = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'latin1'), '')
      const name = argv.split('\0')[0]?.split('/').at(-1) ?? ''
      if (name !== '') programs.add(name)
      judge(argv, `argv of ${name}`)
      judge(
        attempt(() => readFileSync(`/proc/${pid}/environ`, 'latin1'), ''),
        `environment of ${name}`,
      )
      for (const fd of attempt(() => readdirSync(`/proc/${pid}/fd`), [])) {
        const target = attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`), '')
        if (target.startsWith('/') && !target.startsWith('/dev/') && !target.startsWith('/proc/')) judgeFile(target)
      }
    }
    for (const folder of folders) {
      for (const entry of attempt(() => readdirSync(folder, { withFileTypes: true, recursive: true }), [])) {
        if (entry.isFile()) judgeFile(join(entry.path, entry.name))
      }
    }
  }
  const timer = setInterval(look, 2)
  return {
    stop: () => {
      clearInterval(timer)
      look()
      return { programs, rounds, findings: [...findings] }
    },
  }
}
