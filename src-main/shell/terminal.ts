import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { App } from 'electron'
import { askSetting, helperSetting } from '../git/credential-setting'
import { isInUse, profileProblem } from '../storage/profile-folder'
import { manual, readCommandLine, terminalSwitch } from '../terminal/command-line'
import { doorPlace, isDoorOpen } from '../terminal/door-place'
import { giveUp } from '../terminal/give-up'
import type * as LoginAtHand from '../terminal/login-at-hand'
import { say } from '../terminal/say'
import { nobodyThere, type Task } from '../terminal/task'
import { shortestUnlockMs, unlockTimeMs } from '../terminal/unlock-time'
import type { Watch } from '../terminal/watch-worker'
import { startCommand } from './scheme-owner'

/** How many ms a command may take, apart from a clone, which is git's own. */
const longestMs = 120_000
/** Milliseconds that git waits for a login at most, a renewal by the network included. */
const longestForGitMs = 27_000
/** Milliseconds between two looks at a thread that may be asking the keychain. */
const pollMs = 50
/** Milliseconds between two looks whether an app that is just starting or ending has done so, and how many there are. */
const pauseMs = 100
const looks = 50

const waitABit = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)

/** Does one phase in a thread and waits for it: here nothing else is to be done, and without a display nothing can be. */
const runThread = (entry: string, task: Omit<Task, 'over'>, limit: number): number => {
  const over = new Int32Array(new SharedArrayBuffer(12))
  new Worker(entry, { workerData: { ...task, over } satisfies Task })
  const started = performance.now()
  let askedAt = started
  for (;;) {
    if (Atomics.wait(over, 0, 0, pollMs) !== 'timed-out') return Atomics.load(over, 1)
    const now = performance.now()
    if (Atomics.load(over, 2) === 0) askedAt = now
    // Time counts from the start of the process, and from here on only for the keychain.
    else if (now - askedAt > unlockTimeMs(process.env, process.platform, askedAt)) giveUp()
    if (now - started > limit) {
      process.stderr.write('cloudaipilot: timed-out\n')
      return 1
    }
  }
}

/** Watches the keychain while this thread waits for it. @returns what ends that */
const watchKeychain = (code: string): (() => void) => {
  const answered = new Int32Array(new SharedArrayBuffer(4))
  const limitMs = unlockTimeMs(process.env, process.platform, performance.now())
  new Worker(join(code, 'watch-worker.cjs'), { workerData: { limitMs, answered } satisfies Watch }).unref()
  return () => {
    Atomics.store(answered, 0, 1)
    Atomics.notify(answered, 0)
  }
}

/** Read when it is asked for, since a start of the app has no use for it. What it can't do has its reason told by the thread. */
const tryAtHand = (code: string, profile: string, input: string): string | null => {
  try {
    const { loginAtHand } = createRequire(__filename)(join(code, 'login-at-hand.cjs')) as typeof LoginAtHand
    return loginAtHand(profile, input, Date.now(), () => watchKeychain(code))
  } catch {
    return null
  }
}

/** The program and arguments by which git asks this very install, on this very profile. */
const credentialHelper = (app: App): readonly string[] => [...startCommand(app), terminalSwitch, 'git-credential']

/** What git is told to ask for logins: the running app, and where that has no answer, this very install. */
export const gitHelpers = (app: App): readonly string[] => {
  const { git } = doorPlace(app.getPath('userData'))
  return [...(git === null ? [] : [askSetting(git)]), helperSetting(credentialHelper(app))]
}

/**
 * Runs a command of the terminal to its end, before Electron opens anything: by the running app or, when there is none,
 * from its files and under its lock. @returns the exit code
 */
export const runInTerminal = (
  app: App,
  words: readonly string[],
  places: {
    readonly code: string
    readonly resources: string
    readonly oauthVariables: Record<string, string>
  },
): number => {
  const { code, resources, oauthVariables } = places
  const { command } = readCommandLine(words)
  if (command.kind === 'version' || command.kind === 'help') {
    process.stdout.write(command.kind === 'help' ? manual : `CloudAIPilot ${app.getVersion()}\n`)
    return 0
  }
  if (command.kind === 'unknown') {
    process.stderr.write(`cloudaipilot: ${JSON.stringify(command.word)} is not understood; see cloudaipilot help\n`)
    return 2
  }
  // What git has found to work or not is the running app's to look into; nothing is opened for it.
  if (
    command.kind === 'credential' &&
    (command.action === 'store' || !isDoorOpen(app.getPath('userData'))) &&
    command.action !== 'get'
  )
    return 0
  const task = {
    words,
    input: command.kind === 'credential' ? readFileSync(0, 'utf8') : '',
    unlockMs: unlockTimeMs(process.env, process.platform, performance.now()),
    helpers: gitHelpers(app),
    profile: app.getPath('userData'),
    resources,
    version: app.getVersion(),
    oauthVariables,
  }
  const { profile, input } = task
  if (command.kind === 'credential' && command.action === 'get' && !isDoorOpen(profile)) {
    const output = tryAtHand(code, profile, input)
    if (output !== null) return say(command, { code: 0, output, complaint: '' })
  }
  const entry = join(code, 'terminal-worker.cjs')
  const limit =
    command.kind === 'clone' ? Number.POSITIVE_INFINITY : command.kind === 'credential' ? longestForGitMs : longestMs
  for (let look = 0; look < looks; look += 1) {
    const result = isDoorOpen(profile) ? runThread(entry, { ...task, phase: 'ask' }, limit) : nobodyThere
    if (result !== nobodyThere) return result
    // A copy that is starting or ending has the lock but does not answer: it is asked again.
    if (app.requestSingleInstanceLock({ argv: [terminalSwitch] }))
      return runThread(entry, { ...task, phase: 'alone' }, limit)
    // git waits for an answer; another copy may hold the lock for longer.
    if (
      command.kind === 'credential' &&
      unlockTimeMs(process.env, process.platform, performance.now()) <= shortestUnlockMs
    )
      break
    waitABit()
  }
  // The lock is a file in the profile: without room or the right to write there is none.
  const problem = isInUse(profile) ? null : profileProblem(profile)
  process.stderr.write(
    problem === null
      ? 'cloudaipilot: the app does not answer\n'
      : `cloudaipilot: storage-failed: ${problem.path}: ${problem.code}\n`,
  )
  return 1
}
