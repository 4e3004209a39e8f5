import keyring from '@napi-rs/keyring'
import { answerKeychain } from '../credentials/key-holders/answer-keychain'

// The keychain's process for tests under plain Node, which has no utility processes: the same code behind Node's own channel.
process.on('message', (message) => {
  process.send?.(answerKeychain(keyring, message))
})
