import { Failure } from '../../src-preload/contract/outcome'
import type { Vault } from '../credentials/vault'

/**
 * Waits until a vault is open, which may be for a person to do.
 * @throws Failure what the vault says; `keychain-locked` when it is still being opened after `withinMs`
 */
export const unlocked = (vault: Pick<Vault, 'names'>, withinMs: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Failure('keychain-locked')), withinMs)
    vault
      .names()
      .then(() => resolve(), reject)
      .finally(() => clearTimeout(late))
  })
