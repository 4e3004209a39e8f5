import { object, picklist } from 'valibot'
import { PassphraseVerdict } from './entities/passphrase'
import { keyHolders, VaultStatus } from './entities/vault'
import { method, nothing } from './method'
import { SecretInput } from './text'

export const vault = {
  status: method(nothing, VaultStatus),
  /** Asks the keychain again. */
  retry: method(nothing, VaultStatus),
  /** What is to be thought of a new passphrase. Nothing is kept of it. */
  judgePassphrase: method(object({ passphrase: SecretInput }), PassphraseVerdict),
  /** Sets a passphrase where the person chose one. */
  choosePassphrase: method(object({ passphrase: SecretInput }), VaultStatus),
  /** Keeps secrets in memory until the app is quit. */
  chooseSession: method(nothing, VaultStatus),
  unlock: method(object({ passphrase: SecretInput }), VaultStatus),
  /** Moves the data key to a better holder. */
  moveTo: method(object({ holder: picklist(keyHolders) }), VaultStatus),
  /** Sets a vault that can't be opened aside and starts an empty one. The old file is kept. */
  startOver: method(nothing, VaultStatus),
}
