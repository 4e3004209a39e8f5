import { Worker } from 'node:worker_threads'
import type { Clock } from '../../clock'
import type { Secret } from '../secret'
import type { PassphraseVerdict } from './passphrase-verdict'

/** Says what is to be thought of a new passphrase. */
export type JudgePassphrase = (passphrase: Secret) => Promise<PassphraseVerdict>

/** What the thread is sent. */
export interface ToJudge {
  readonly passphrase: string
  readonly names: readonly string[]
}

/** Milliseconds without a question after which the thread ends: its words take memory. */
const idleMs = 30_000

interface Waiting {
  readonly resolve: (verdict: PassphraseVerdict) => void
  readonly reject: (error: unknown) => void
}

/**
 * Judges in a thread, one after the other, which starts with the first question.
 * @param worker path of the built `judge-passphrase-worker`. @param names what an attacker may know of this person
 */
export const createJudgeAside = (
  worker: string,
  clock: Clock,
  names: () => readonly string[] = () => [],
): JudgePassphrase => {
  let running: Worker | null = null
  let waiting: readonly Waiting[] = []
  let stopIdle = () => {}

  const end = (error: unknown) => {
    stopIdle()
    const left = waiting
    const ended = running
    waiting = []
    running = null
    void ended?.terminate()
    for (const { reject } of left) reject(error)
  }
  const start = (): Worker => {
    const thread = new Worker(worker, { env: {}, resourceLimits: { maxOldGenerationSizeMb: 256 } })
    const isRunning = () => running === thread
    thread.on('message', (verdict: PassphraseVerdict) => {
      if (!isRunning()) return
      const [first, ...others] = waiting
      waiting = others
      first?.resolve(verdict)
      if (others.length === 0) stopIdle = clock.after(idleMs, () => end(null))
    })
    thread.on('error', (error) => isRunning() && end(error))
    thread.on('exit', () => isRunning() && end(new Error('The thread that judges passphrases ended')))
    thread.unref()
    return thread
  }
  return (passphrase) =>
    new Promise((resolve, reject) => {
      stopIdle()
      running ??= start()
      waiting = [...waiting, { resolve, reject }]
      running.postMessage({ passphrase: passphrase.reveal(), names: names() } satisfies ToJudge)
    })
}
