import { answerKeychain, type Keyring } from './answer-keychain'
import type { KeychainAnswer, KeychainRequest } from './keychain-messages'

// Entry of a utility process of its own. The native calls block, even where they are called asynchronous: connecting does,
// and a call that waits for a dialog holds a thread that nothing can end, so that the app could not quit any more.
// A process can be ended, and the dialog closes with it. It shares no code with main, or it would be given main's bundle too.

/** `process.parentPort` of an Electron utility process, as far as it is used. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: KeychainRequest }) => void): void
  postMessage(message: KeychainAnswer): void
}

const { parentPort } = process as unknown as { readonly parentPort: ParentPort }

parentPort.on('message', async ({ data }) => {
  try {
    const keyring: Keyring = await import('@napi-rs/keyring')
    parentPort.postMessage(answerKeychain(keyring, data))
  } catch (error) {
    // The library does not load here, e.g. there is no build of it for this system.
    parentPort.postMessage({ id: data.id, call: 'failed', error: String(error) })
  }
})
