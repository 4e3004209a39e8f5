import { safeParse } from 'valibot'
import { Failure } from '../../../src-preload/contract/outcome'
import { saidName } from '../../../src-preload/contract/plain-text'
import type { Clock } from '../../clock'
import type { Keychain } from './keychain'
import { KeychainAnswer, type KeychainCall, type KeychainRequest } from './keychain-messages'

/** A running process that answers `KeychainRequest`s one after the other. */
export interface KeychainProcess {
  send(request: KeychainRequest): void
  /** Ends it at once, whatever it is doing. */
  kill(): void
}

/** Starts that process. `exited` is called once, also when it could not start. */
export type StartKeychainProcess = (on: {
  readonly answered: (answer: unknown) => void
  readonly exited: () => void
}) => KeychainProcess

/** Time without a call after which the process is ended: it costs memory, and the key is needed once a run. */
const idle = 3000

type CallName = KeychainCall['call']
type AnswerTo<C extends CallName> = Extract<KeychainAnswer, { readonly call: C }>

interface Pending {
  readonly resolve: (answer: KeychainAnswer) => void
  readonly reject: (failure: Failure) => void
}

/** The library's words for "you may not" (closed dialog, locked collection, cancelled by the person); all else is "there is none". */
const refused = /^Couldn't access platform storage|is locked|prompt was dismissed/i

const failureOf = (error: string): Failure =>
  new Failure(refused.test(error) ? 'keychain-locked' : 'keychain-unavailable', { detail: saidName(error, 200) })

/** The system's keychain through a process of its own: nothing that it does can block or hang the app. */
export const createKeychain = (start: StartKeychainProcess, clock: Clock): Keychain => {
  let running: KeychainProcess | null = null
  let stopIdle = () => {}
  let count = 0
  const pending = new Map<number, Pending>()

  const end = (failure: Failure) => {
    stopIdle()
    const ended = running
    running = null
    const waiting = [...pending.values()]
    pending.clear()
    ended?.kill()
    for (const { reject } of waiting) reject(failure)
  }
  const startOne = (): KeychainProcess => {
    // What an ended process still says is about calls that have failed already.
    const isRunning = () => running === one
    const one = start({
      answered: (answer) => {
        if (isRunning()) settle(answer)
      },
      exited: () => {
        if (isRunning()) end(new Failure('keychain-unavailable', { reason: 'process-ended' }))
      },
    })
    return one
  }
  const settle = (raw: unknown) => {
    const parsed = safeParse(KeychainAnswer, raw)
    if (!parsed.success) return end(new Failure('keychain-unavailable', { reason: 'bad-answer' }))
    const waiting = pending.get(parsed.output.id)
    pending.delete(parsed.output.id)
    if (parsed.output.call === 'failed') waiting?.reject(failureOf(parsed.output.error))
    else waiting?.resolve(parsed.output)
    if (pending.size === 0) stopIdle = clock.after(idle, () => end(new Failure('cancelled')))
  }
  const ask = <C extends CallName>(call: Extract<KeychainCall, { readonly call: C }>): Promise<AnswerTo<C>> => {
    stopIdle()
    running ??= startOne()
    const id = ++count
    const answer = new Promise<KeychainAnswer>((resolve, reject) => {
      pending.set(id, { resolve, reject })
    })
    running.send({ ...call, id })
    return answer.then((given) => {
      if (given.call !== call.call) throw new Failure('keychain-unavailable', { reason: 'bad-answer' })
      return given as AnswerTo<C>
    })
  }

  return {
    getPassword: async (service, account) => (await ask({ call: 'get', service, account })).password,
    setPassword: async (service, account, password) => {
      await ask({ call: 'set', service, account, password })
    },
    deletePassword: async (service, account) => (await ask({ call: 'delete', service, account })).deleted,
    findCredentials: async (service) => (await ask({ call: 'find', service })).credentials,
    dismiss: () => end(new Failure('cancelled')),
  }
}
