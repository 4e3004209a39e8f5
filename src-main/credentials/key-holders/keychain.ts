import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../secret'
import type { KeyHolder } from './key-holder'

/** The system's keychain. Every call fails with `Failure('keychain-unavailable' | 'keychain-locked' | 'cancelled')`. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  /** Whether there was one. */
  deletePassword(service: string, account: string): Promise<boolean>
  findCredentials(service: string): Promise<readonly { readonly account: string; readonly password: string }[]>
  /** Gives up on calls that wait for a dialog: it closes, and they fail with `cancelled`. The next call starts afresh. */
  dismiss(): void
}

const titles: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager',
}

/**
 * Keeps the data key (44 characters, below every system's limit) in the system's keychain, as one entry per vault.
 * @param service The name under which people find the entries, e.g. in Seahorse or Keychain Access. Never change it.
 */
export const createKeychainHolder = (
  keychain: Keychain,
  service: string,
  platform: NodeJS.Platform = process.platform,
): KeyHolder<'keychain'> => ({
  name: 'keychain',
  title: titles[platform] ?? 'Secret Service',
  available: async () => {
    try {
      // An entry that nobody makes: found or not, the answer needs no unlocking.
      await keychain.getPassword(service, 'probe')
      return true
    } catch {
      return false
    }
  },
  keep: async (vaultId, key) => {
    const record = { name: 'keychain', service, account: `vault-${vaultId}` } as const
    await keychain.setPassword(service, record.account, key.reveal())
    if ((await keychain.getPassword(service, record.account)) !== key.reveal()) {
      throw new Failure('keychain-unavailable', { reason: 'not-kept' })
    }
    return record
  },
  fetch: async (record, fits) => {
    const filed = await keychain.getPassword(record.service, record.account)
    if (filed !== null && fits(new Secret(filed))) return new Secret(filed)
    // A keychain that was restored or merged may have filed it under another name; the vault knows its key.
    const others = await keychain.findCredentials(record.service)
    const found = others.map(({ password }) => new Secret(password)).find(fits)
    return found ?? (filed === null ? null : new Secret(filed))
  },
  forget: async (record) => {
    await keychain.deletePassword(record.service, record.account)
  },
  dismiss: () => keychain.dismiss(),
})
