import type { KeyHolderName, VaultStatus } from '../../src-preload/contract/entities/vault'
import type { Secret } from './secret'
import type { Vault } from './vault'

/** The vault with its door: how it opens, who keeps its key, and what a person can do about it. */
export interface EnvelopeVault extends Vault {
  status(): VaultStatus
  /** Called with every new status. Returns what stops it. */
  onChange(listener: (status: VaultStatus) => void): () => void
  /** Starts opening, the first time it is called: after the first paint, since a keychain may ask the person. */
  open(): Promise<VaultStatus>
  /** Opens again: closes a dialog that waits and asks anew. In an open vault, looks for a better holder. */
  retry(): Promise<VaultStatus>
  /** Starts a new vault with a passphrase, or moves an open one to it. @throws Failure `invalid-input`, `conflict` */
  choosePassphrase(passphrase: Secret): Promise<VaultStatus>
  /** Goes on in memory. A vault on the disk stays as it is, and takes what was added once it opens. @throws `conflict` */
  chooseSession(): Promise<VaultStatus>
  /** @throws Failure `passphrase-wrong`; `conflict` when no passphrase is asked for */
  unlock(passphrase: Secret): Promise<VaultStatus>
  /** Hands the data key to another holder and removes the former one's copy. @throws Failure `conflict`, `keychain-...` */
  moveTo(holder: KeyHolderName): Promise<VaultStatus>
  /** Sets a vault that does not open aside, with its key, and starts an empty one. @throws Failure `conflict` */
  startOver(): Promise<VaultStatus>
  /** Waits for what is being written and lets the keychain go: for the end of the app. */
  close(): Promise<void>
}
