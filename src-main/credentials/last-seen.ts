import { join } from 'node:path'
import { Failure } from '../../src-preload/contract/outcome'
import { type FileSystem, readIfThere, writeDurably } from '../storage/durable-file'
import { seal, unseal } from './envelope'
import type { Keychain } from './key-holders/keychain'
import { Secret } from './secret'
import type { HolderRecord, VaultDocument } from './vault-document'

/** Remembers, outside of the vault file, which generation of a vault was there last. */
export interface LastSeen {
  /** Null where nothing is remembered of this vault. */
  get(document: VaultDocument, key: Secret): Promise<number | null>
  set(document: VaultDocument, key: Secret, generation: number): Promise<void>
  /** Removes what is kept beside a former holder's key. */
  forget(holder: HolderRecord): Promise<void>
}

const labelOf = (id: string): string => `last-seen/${id}`

const accountOf = (account: string): string => `${account}-generation`

/**
 * Beside the key, where that is in the system's keychain. The other holders keep nothing outside of the profile: there it is
 * `vault.seen` beside the vault file, which tells a vault file that was put back alone, and not a whole profile. It is sealed
 * under the vault's key, so that nobody else can write one.
 */
export const createLastSeen = (parts: {
  readonly folder: string
  readonly keychain: Pick<Keychain, 'getPassword' | 'setPassword' | 'deletePassword'>
  readonly fs?: FileSystem
}): LastSeen => {
  const { folder, keychain, fs } = parts
  const path = join(folder, 'vault.seen')
  const stored = async ({ holder }: VaultDocument): Promise<string | null> => {
    if (holder.name === 'session') return null
    if (holder.name === 'keychain') return keychain.getPassword(holder.service, accountOf(holder.account))
    return (await readIfThere(path, fs))?.toString('utf8').trim() ?? null
  }
  return {
    get: async (document, key) => {
      const sealed = await stored(document)
      if (sealed === null) return null
      try {
        return Number(unseal(key, labelOf(document.id), sealed).reveal())
      } catch (error) {
        // Of another vault, or damaged: it says nothing about this one.
        if (error instanceof Failure) return null
        throw error
      }
    },
    set: async ({ id, holder }, key, generation) => {
      const sealed = seal(key, labelOf(id), new Secret(String(generation)))
      if (holder.name === 'keychain') return keychain.setPassword(holder.service, accountOf(holder.account), sealed)
      if (holder.name !== 'session') await writeDurably(path, `${sealed}\n`, fs)
    },
    forget: async (holder) => {
      if (holder.name === 'keychain') await keychain.deletePassword(holder.service, accountOf(holder.account))
    },
  }
}
