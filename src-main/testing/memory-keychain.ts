import { Failure } from '../../src-preload/contract/outcome'
import type { Keychain } from '../credentials/key-holders/keychain'

/** A keychain without a system, which can be missing, refuse, or wait for a person. */
export interface MemoryKeychain extends Keychain {
  /** `silent`: calls wait until `answer` or `dismiss`. */
  mode: 'ok' | 'unavailable' | 'locked' | 'silent'
  /** Lets everything that waits go on, as after a dialog. */
  answer(): void
  /** Calls that wait. */
  readonly waiting: number
  /** How often waiting calls were given up. */
  readonly dismissed: number
  /** Account and password of one service. */
  readonly entries: Map<string, string>
}

export const memoryKeychain = (): MemoryKeychain => {
  let waiting: readonly { readonly go: () => void; readonly giveUp: (failure: Failure) => void }[] = []
  let dismissed = 0
  const ready = async () => {
    if (keychain.mode === 'unavailable') throw new Failure('keychain-unavailable', { detail: 'no bus' })
    if (keychain.mode === 'locked') throw new Failure('keychain-locked')
    if (keychain.mode === 'silent') {
      await new Promise<void>((go, giveUp) => {
        waiting = [...waiting, { go, giveUp }]
      })
    }
  }
  const keychain: MemoryKeychain = {
    mode: 'ok',
    entries: new Map(),
    get waiting() {
      return waiting.length
    },
    get dismissed() {
      return dismissed
    },
    answer: () => {
      keychain.mode = 'ok'
      for (const { go } of waiting) go()
      waiting = []
    },
    dismiss: () => {
      if (waiting.length > 0) dismissed += 1
      for (const { giveUp } of waiting) giveUp(new Failure('cancelled'))
      waiting = []
    },
    getPassword: async (_, account) => {
      await ready()
      return keychain.entries.get(account) ?? null
    },
    setPassword: async (_, account, password) => {
      await ready()
      keychain.entries.set(account, password)
    },
    deletePassword: async (_, account) => {
      await ready()
      return keychain.entries.delete(account)
    },
    findCredentials: async () => {
      await ready()
      return [...keychain.entries].map(([account, password]) => ({ account, password }))
    },
  }
  return keychain
}
