import type { Secret } from './secret'

/**
 * Keeps secrets by name. A resolved `set` or `delete` is durable (written, synced, renamed).
 * Every call waits while the vault is being opened and fails with `Failure('vault-locked' | 'keychain-locked' |
 * 'keychain-unavailable' | 'vault-damaged' | 'storage-failed')` when it can't be.
 */
export interface Vault {
  get(name: string): Promise<Secret | null>
  set(name: string, value: Secret): Promise<void>
  delete(name: string): Promise<void>
  /** Names of all records, sorted. */
  names(): Promise<readonly string[]>
}
