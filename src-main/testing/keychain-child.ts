import keyring from '@napi-rs/keyring'
import { answerKeychain } from '../credentials/key-holders/answer-keychain'
import type { KeychainRequest } from '../credentials/key-holders/keychain-messages'

// The keychain's process for tests under plain Node, which has no utility processes: the same code behind Node's own channel.
process.on('message', (request: KeychainRequest) => {
  process.send?.(answerKeychain(keyring, request))
})
