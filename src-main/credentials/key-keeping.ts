import type { KeyHolderName } from '../../src-preload/contract/entities/vault'
import { Failure } from '../../src-preload/contract/outcome'
import { fitsCheck } from './envelope'
import type { KeyHolder } from './key-holders/key-holder'
import type { Secret } from './secret'
import type { HolderRecord, VaultDocument } from './vault-document'

/** Everybody who can keep a data key, strongest first. */
export interface KeyHolders {
  readonly keychain: KeyHolder<'keychain'>
  readonly safeStorage: KeyHolder<'safe-storage'>
  readonly passphrase: (passphrase: Secret) => KeyHolder<'passphrase'>
  readonly session: () => KeyHolder<'session'>
}

/** The data key's way to its holders and back. */
export interface KeyKeeping {
  /** The system's own name of a holder. */
  titleOf(name: KeyHolderName): string | null
  /**
   * The key of a vault, proved to be the right one. `passphrase` is needed where a passphrase keeps it.
   * @throws Failure `vault-locked` without one, `passphrase-wrong`, `keychain-...`; `vault-damaged` with `reason`
   * `key-missing` or `key-different` when the holder answers and the right key is gone.
   */
  fetch(document: VaultDocument, passphrase?: Secret): Promise<Secret>
  /** Keeps a new vault's key without asking a person: keychain, else `safeStorage`. @throws Failure `keychain-...` */
  keepInStrongest(vaultId: string, key: Secret): Promise<HolderRecord>
  /** Removes a holder's copy, where it has one outside of the vault file. */
  forget(record: HolderRecord): Promise<void>
  /** The strongest holder that works here, if it is stronger than this one. */
  betterThan(name: KeyHolderName): Promise<KeyHolderName | null>
}

/** @see KeyKeeping */
export const createKeyKeeping = ({ keychain, safeStorage, passphrase: byPassphrase }: KeyHolders): KeyKeeping => {
  const ask = async (record: HolderRecord, fits: (key: Secret) => boolean, passphrase?: Secret) => {
    switch (record.name) {
      case 'keychain':
        return keychain.fetch(record, fits)
      case 'safe-storage':
        return safeStorage.fetch(record, fits)
      case 'passphrase':
        if (passphrase === undefined) throw new Failure('vault-locked')
        return byPassphrase(passphrase).fetch(record, fits)
      case 'session':
        return null
    }
  }
  return {
    titleOf: (name) => (name === 'keychain' ? keychain.title : name === 'safe-storage' ? safeStorage.title : null),
    fetch: async ({ id, holder, check }, passphrase) => {
      const fits = (key: Secret) => fitsCheck(key, id, check)
      const key = await ask(holder, fits, passphrase)
      if (key !== null && fits(key)) return key
      const reason = key === null ? 'key-missing' : 'key-different'
      throw new Failure('vault-damaged', { reason, holder: holder.name })
    },
    keepInStrongest: async (vaultId, key) => {
      try {
        return await keychain.keep(vaultId, key)
      } catch (error) {
        // Only where there is no keychain: a locked one would make Electron's calls wait for the same dialog, and they block.
        const none = error instanceof Failure && error.code === 'keychain-unavailable'
        if (!none || !(await safeStorage.available())) throw error
        return safeStorage.keep(vaultId, key)
      }
    },
    forget: async (record) => {
      if (record.name === 'keychain') await keychain.forget(record)
    },
    betterThan: async (name) => {
      if (name === 'keychain') return null
      if (await keychain.available()) return 'keychain'
      return name !== 'safe-storage' && (await safeStorage.available()) ? 'safe-storage' : null
    },
  }
}
