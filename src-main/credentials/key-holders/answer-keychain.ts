import type { EntryOptions, findCredentials } from '@napi-rs/keyring'
import type { KeychainAnswer, KeychainRequest } from './keychain-messages'

/** What is used of `@napi-rs/keyring`: its blocking calls, since this process does nothing else. */
export interface Keyring {
  readonly Entry: new (
    service: string,
    account: string,
    options?: EntryOptions,
  ) => {
    getPassword(): string | null
    setPassword(password: string): void
    deletePassword(): boolean
  }
  readonly findCredentials: typeof findCredentials
}

/** On Linux the library would fall back to the kernel's key ring, which forgets everything when the computer restarts. */
const options: EntryOptions = { linux: { store: 'secret-service' } }

/** The keychain's own service is still starting up: the library gives it 2 seconds for a first word. */
const noReply = /did not receive a reply|timed out/i
const tries = 8

/** Makes one call and says what came of it. Blocks as long as the system does; never throws for what the system says. */
export const answerKeychain = (keyring: Keyring, request: KeychainRequest): KeychainAnswer => {
  for (let left = tries; ; left -= 1) {
    try {
      return answerOnce(keyring, request)
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      if (left <= 1 || !noReply.test(text)) return { id: request.id, call: 'failed', error: text }
    }
  }
}

const answerOnce = (keyring: Keyring, request: KeychainRequest): KeychainAnswer => {
  const { id, service } = request
  if (request.call === 'find') {
    const credentials = keyring.findCredentials(service).map(({ account, password }) => ({ account, password }))
    return { id, call: 'find', credentials }
  }
  const entry = new keyring.Entry(service, request.account, options)
  switch (request.call) {
    case 'get':
      return { id, call: 'get', password: entry.getPassword() }
    case 'set':
      entry.setPassword(request.password)
      return { id, call: 'set' }
    case 'delete':
      return { id, call: 'delete', deleted: entry.deletePassword() }
  }
}
