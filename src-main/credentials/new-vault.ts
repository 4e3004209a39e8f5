import { randomUUID } from 'node:crypto'
import { createDataKey, sealCheck } from './envelope'
import { withGeneration } from './generation'
import type { Secret } from './secret'
import type { HolderRecord, VaultDocument } from './vault-document'
import type { VaultFile } from './vault-file'
import { createRecords, type VaultRecords } from './vault-records'

/** Takes a vault's data key into somebody's care and says what the file has to remember. */
export type Keep = (vaultId: string, key: Secret) => Promise<HolderRecord>

/**
 * Starts an empty vault with a key of its own: first the key is safe, then the file is written, so that a kill in between
 * leaves no vault without a key. `claim` is asked in between, since keeping may take as long as a person needs: when
 * another way was taken meanwhile, the key is removed again and the result is null.
 */
export const startVault = async (
  file: VaultFile,
  keep: Keep,
  claim: () => boolean,
  forget: (holder: HolderRecord) => Promise<void>,
): Promise<VaultRecords | null> => {
  const id = randomUUID()
  const key = createDataKey()
  const holder = await keep(id, key)
  if (!claim()) {
    await forget(holder)
    return null
  }
  const empty: VaultDocument = { format: 1, id, holder, retired: [], check: sealCheck(key, id), records: [] }
  const document = withGeneration(empty, key, 1)
  await file.save(document)
  return createRecords(file, key, document)
}
