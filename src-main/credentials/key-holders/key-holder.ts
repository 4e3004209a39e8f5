import type { KeyHolderName } from '../../../src-preload/contract/entities/vault'
import type { Secret } from '../secret'
import type { HolderRecord } from '../vault-document'

/** The record of one kind of holder. */
export type RecordOf<N extends KeyHolderName> = Extract<HolderRecord, { readonly name: N }>

/**
 * Keeps the vault's data key outside of the vault file. All calls may take as long as a person needs for a dialog and
 * fail with `Failure('keychain-unavailable')` (there is none, or it refuses) or `Failure('keychain-locked')` (its dialog
 * was closed, or it does not answer).
 */
export interface KeyHolder<N extends KeyHolderName = KeyHolderName> {
  readonly name: N
  /** The system's own name for it, or null where it has none. */
  readonly title: string | null
  /** Whether it can keep a key here and now. Opens no dialog and never fails. */
  available(): Promise<boolean>
  /** Takes the key in, proves that it can be had back, and says what the file has to remember. */
  keep(vaultId: string, key: Secret): Promise<RecordOf<N>>
  /** The key, or null when the holder does not have it (any more). Where it has several, the one that `fits`. */
  fetch(record: RecordOf<N>, fits: (key: Secret) => boolean): Promise<Secret | null>
  /** Removes its copy of the key. Nothing to do is a success. */
  forget(record: RecordOf<N>): Promise<void>
  /** Stops waiting for a dialog: it closes, and the pending call fails with `cancelled`. */
  dismiss(): void
}
