import { object, picklist } from 'valibot'
import { keyHolders, VaultStatus } from './entities/vault'
import { method, nothing } from './method'

export const vault = {
  status: method(nothing, VaultStatus),
  /** Asks the keychain again. */
  retry: method(nothing, VaultStatus),
  /** Sets a passphrase that the person types into main's own dialog. */
  choosePassphrase: method(nothing, VaultStatus),
  /** Keeps secrets in memory until the app is quit. */
  chooseSession: method(nothing, VaultStatus),
  /** Opens with the passphrase that the person types into main's own dialog. */
  unlock: method(nothing, VaultStatus),
  /** Moves the data key to a better holder. */
  moveTo: method(object({ holder: picklist(keyHolders) }), VaultStatus),
  /** Sets a vault that can't be opened aside and starts an empty one. The old file is kept. */
  startOver: method(nothing, VaultStatus),
}
