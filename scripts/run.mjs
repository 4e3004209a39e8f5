import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { stripVTControlCharacters } from 'node:util'
import { Stop } from './say.mjs'

/** Child processes that a signal to this script must reach. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
let stoppedBy = /** @type {NodeJS.Signals | null} */ (null)

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  for (const child of running) child.kill(stoppedBy === null ? signal : 'SIGKILL')
  stoppedBy = signal
}

/**
 * From here on Ctrl-C, a closed terminal and `kill` end the running child first; the script then unwinds in its own
 * order, so that every display, bus and folder that it made is taken down again. A second signal does not wait.
 * npm starts us through a shell that dies of a signal without passing it on: its death counts as one.
 */
export function obeySignals() {
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, stop)
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop('SIGTERM')
  }, 500).unref()
}

/** @param {NodeJS.Signals} signal @returns {number} what a shell reports for a program that this signal ended */
const codeOfSignal = (signal) => 128 + (constants.signals[signal] ?? 0)

/** @throws {Stop} when the person has asked to stop */
export function throwIfStopped() {
  if (stoppedBy !== null) throw new Stop(`Stopped (${stoppedBy}).`, { code: codeOfSignal(stoppedBy) })
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.input] written to its standard input
 * @param {number} [options.limit] milliseconds after which it is killed
 * @param {boolean} [options.show] true: it writes to this terminal and may read from it; otherwise its output is collected
 * @param {(kill: () => void) => void} [options.watch] receives a function that ends the program early
 * @returns {Promise<{ code: number, output: string, missing: boolean, killed: boolean }>} `output`: both streams as they
 *   came, without colours; `missing`: there is no such program; `killed`: ended by the limit or by `watch`
 */
export async function run(command, args, { cwd, env, input, limit, show = false, watch } = {}) {
  throwIfStopped()
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: show ? 'inherit' : [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  })
  running.add(child)
  let output = ''
  let killed = false
  const kill = () => {
    killed = true
    child.kill('SIGKILL')
  }
  const timer = limit === undefined ? undefined : setTimeout(kill, limit)
  watch?.(kill)
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  child.stdin?.on('error', () => {}).end(input)
  try {
    const { code, missing } = await new Promise((resolve, reject) => {
      child.on('error', (/** @type {NodeJS.ErrnoException} */ error) =>
        error.code === 'ENOENT' ? resolve({ code: 127, missing: true }) : reject(error),
      )
      child.on('close', (exit, signal) => resolve({ code: exit ?? codeOfSignal(signal ?? 'SIGKILL'), missing: false }))
    })
    throwIfStopped()
    return { code, output: stripVTControlCharacters(output), missing, killed }
  } finally {
    clearTimeout(timer)
    running.delete(child)
  }
}

/**
 * Starts a program that serves others in the background until `stop` is called. It leads a session of its own, so that
 * Ctrl-C does not take it away under its users, and on Linux the kernel ends it should this script be killed outright.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.input]
 * @param {number} [options.extraPipe] a further file descriptor, readable by us
 */
export function serve(command, args, { env, input, extraPipe } = {}) {
  const stdio = /** @type {any[]} */ ([input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'])
  if (extraPipe !== undefined) stdio[extraPipe] = 'pipe'
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], { env, stdio, detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  child.stdin?.on('error', () => {}).end(input)
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => resolve(signal ?? code))
  })
  return {
    child,
    /** Everything it has written so far. */
    output: () => output,
    /** Resolves when it has ended, for whatever reason. */
    ended,
    /** Ends it and waits for that. */
    async stop() {
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000)
      await ended
      clearTimeout(timer)
    },
  }
}

/** Waits until `ready` says so, asking every few milliseconds. @param {() => Promise<boolean> | boolean} ready @param {number} limit milliseconds @returns {Promise<boolean>} false: the time is over */
export async function until(ready, limit) {
  const end = performance.now() + limit
  while (performance.now() < end) {
    if (await ready()) return true
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return false
}
