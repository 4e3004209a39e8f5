import { type ChildProcess, spawn } from 'node:child_process'
import { Failure } from '../../src-preload/contract/outcome'
import { lineSplitter } from './lines'
import { endGroup } from './process-group'

/** One run of git. */
export interface GitRun {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  /** The whole environment; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>
  /** Time it may take in all, in ms. */
  readonly timeout: number
  readonly signal?: AbortSignal
  /** Most bytes of standard output. Default 32 MB. */
  readonly maxOutput?: number
  /** Each line of standard error as it comes, progress included. */
  readonly onLine?: (line: string) => void
  /** How many more pipes it is started with, from descriptor 3 on. */
  readonly descriptors?: number
  /** Gets the process before it can have asked for anything. */
  readonly feed?: (child: ChildProcess) => void
}

/** How git ended. Both outputs are as the remote and git wrote them: not fit to be shown yet. */
export interface GitExit {
  /** Exit status, or null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  /** The last lines of standard error without progress, oldest first. */
  readonly errors: readonly string[]
}

const megabyte = 1024 * 1024
/** Lines of standard error that are kept. */
const keptLines = 100

/**
 * Runs git in a process group of its own, without a terminal, until it ends, is cancelled or is too slow; in the last
 * two cases the whole group has ended when this rejects.
 * @throws Failure `cancelled`, `timed-out`, `git-missing`, `bad-answer` (too much output)
 */
export const runGit = (run: GitRun): Promise<GitExit> =>
  new Promise((resolve, reject) => {
    const { signal, maxOutput = 32 * megabyte, platform } = { ...run, platform: process.platform }
    if (signal?.aborted) return reject(new Failure('cancelled'))
    const child = spawn(run.program, [...run.args], {
      cwd: run.cwd,
      env: run.environment,
      detached: platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe', ...Array.from({ length: run.descriptors ?? 0 }, () => 'pipe' as const)],
    })
    let stopped: Failure | null = null
    const stop = (failure: Failure) => {
      if (stopped) return
      stopped = failure
      endGroup(child, platform, run.environment.SystemRoot)
    }
    const cancel = () => stop(new Failure('cancelled'))
    const timer = setTimeout(() => stop(new Failure('timed-out')), run.timeout)
    signal?.addEventListener('abort', cancel, { once: true })

    const output: Buffer[] = []
    let size = 0
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxOutput) stop(new Failure('bad-answer', { why: 'too-large' }))
      else output.push(chunk)
    })
    const errors: string[] = []
    const lines = lineSplitter((line) => {
      run.onLine?.(line)
      // An error may follow progress on the same line.
      const said = line.replace(/^.*\d+% \(\d+\/\d+\)(?=(?:error|fatal): )/, '')
      if (/\d+% \(\d+\/\d+\)/.test(said)) return
      errors.push(said)
      if (errors.length > keptLines) errors.shift()
    })
    child.stderr?.on('data', lines.push)

    const settle = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
    }
    child.on('error', (cause) => {
      settle()
      reject(new Failure('git-missing', { path: run.program }, { cause }))
    })
    child.on('close', (code) => {
      settle()
      lines.end()
      if (stopped) reject(stopped)
      else resolve({ code, stdout: Buffer.concat(output).toString('utf8'), errors })
    })
    run.feed?.(child)
  })

/**
 * Reads something from a repository on this disk through simple-git, with arguments that are written in our code only.
 * simple-git refuses any setting of git's environment that is not named here; those named are the ones that switch the
 * person's and the system's configuration and every transport off.
 */
export const readLocal = async (
  program: string,
  gitFolder: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<string> => {
  // Loaded when first needed: it would delay the window.
  const { simpleGit } = await import('simple-git')
  const ours = { ...environment, GIT_DIR: gitFolder, GIT_ALLOW_PROTOCOL: 'none' }
  const git = simpleGit({
    baseDir: gitFolder,
    binary: program,
    allowEnvironment: Object.keys(ours),
    unsafe: {
      // The program may be anywhere that the person chose, e.g. below a folder with a space in its name.
      allowUnsafeCustomBinary: true,
      // Our own empty file as the global configuration.
      allowUnsafeConfigPaths: true,
      // "none" is not the name of any transport.
      allowUnsafeProtocolOverride: true,
    },
  })
  return git.env(ours).raw([...args])
}
