import type { Secret } from './secret'

/** A place for one secret that is about to arrive, e.g. in the answer to a request that can be made only once. */
export interface WriteAhead {
  /** A kill can't lose the value once this has returned, nor a power cut once it has resolved. @throws Failure `storage-failed` */
  write(value: Secret): Promise<void>
  /** Gives the place back: nothing came, or it has been put under its name. Never rejects. */
  close(): Promise<void>
}

/**
 * Keeps secrets by name. A resolved `set` or `delete` is durable (written, synced, renamed).
 * Every call waits while the vault is being opened and fails with `Failure('vault-locked' | 'keychain-locked' |
 * 'keychain-unavailable' | 'vault-damaged' | 'storage-failed')` when it can't be.
 */
export interface Vault {
  get(name: string): Promise<Secret | null>
  set(name: string, value: Secret): Promise<void>
  delete(name: string): Promise<void>
  /**
   * Takes a place for the next value of a name. A value that was written there, and not given back when the app ended, is
   * the record of that name from the next opening on, unless the record has changed since the place was taken.
   */
  writeAhead(name: string): Promise<WriteAhead>
  /** Names of all records, sorted. */
  names(): Promise<readonly string[]>
}
