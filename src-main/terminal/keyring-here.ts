import { answerKeychain, type Keyring } from '../credentials/key-holders/answer-keychain'
import type { StartKeychainProcess } from '../credentials/key-holders/keychain-client'

/**
 * The keychain without a process of its own: its calls block, and here nothing else is to be done. The thread this runs on
 * ends with the process, so a dialog that nobody answers holds nobody up for longer than the caller waits.
 */
export const keyringHere: StartKeychainProcess = ({ answered }) => ({
  send: (request) => {
    import('@napi-rs/keyring').then(
      (keyring: Keyring) => answered(answerKeychain(keyring, request)),
      (error: unknown) => answered({ id: request.id, call: 'failed', error: String(error) }),
    )
  },
  kill: () => undefined,
})
