import { array, boolean, type InferOutput, nullable, object, picklist, string } from 'valibot'
import { FailureData } from '../outcome'

/** Who can keep the vault's key, strongest first. */
export const keyHolders = ['keychain', 'safe-storage', 'passphrase', 'session'] as const
export type KeyHolderName = (typeof keyHolders)[number]

/**
 * `opening`: the key is being asked for. `waiting`: the keychain has not answered yet (a dialog may be open).
 * `choose`: no strong key holder here, the person decides. `locked`: a passphrase is needed.
 * `damaged`: the vault's key is gone or is not the right one. `open`: all is well.
 */
export const VaultStatus = object({
  state: picklist(['opening', 'waiting', 'choose', 'locked', 'damaged', 'open']),
  holder: nullable(picklist(keyHolders)),
  /** The system's own name for it, e.g. "Secret Service (gnome-keyring)". */
  holderTitle: nullable(string()),
  available: array(picklist(keyHolders)),
  /** A better holder than the present one is available. */
  canMoveTo: nullable(picklist(keyHolders)),
  /** The vault file was damaged and its last good copy came back, or was set aside. */
  restored: boolean(),
  failure: nullable(FailureData),
})
export type VaultStatus = InferOutput<typeof VaultStatus>
