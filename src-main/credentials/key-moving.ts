import type { Log } from '../log/log'
import type { Keep } from './new-vault'
import type { HolderRecord } from './vault-document'
import type { VaultFile } from './vault-file'
import { isSame, type VaultRecords } from './vault-records'

/** Hands a vault's key to a new holder. The file names that one before the former one forgets: a kill in between costs nothing. */
export const moveKey = async (records: VaultRecords, keep: Keep, file: VaultFile): Promise<void> => {
  const kept = await keep(records.document().id, records.key)
  await records.rewrap(
    ({ holder, retired }) => ({ holder: kept, retired: [...retired, holder].filter(hasOwnCopy) }),
    file,
  )
}

/** The keychain alone has a copy outside of the vault file. */
const hasOwnCopy = ({ name }: HolderRecord): boolean => name === 'keychain'

/** Removes the copies of former holders; what can't be removed now is tried again at the next start. Never rejects. */
export const removeFormerKeys = async (
  records: VaultRecords,
  forget: (holder: HolderRecord) => Promise<void>,
  file: VaultFile,
  log: Log,
): Promise<void> => {
  try {
    for (const former of records.document().retired) {
      await forget(former)
      await records.rewrap(
        ({ holder, retired }) => ({ holder, retired: retired.filter((other) => !isSame(other, former)) }),
        file,
      )
    }
  } catch (error) {
    log.warn('A former copy of the vault key could not be removed; the next start tries again', { error })
  }
}
