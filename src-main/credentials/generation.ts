import { createHash } from 'node:crypto'
import { Failure } from '../../src-preload/contract/outcome'
import { seal, unseal } from './envelope'
import { Secret } from './secret'
import type { HolderRecord, VaultDocument } from './vault-document'

const label = 'generation'

/** A holder is read back with its fields in another order, perhaps. */
const spelled = (holder: HolderRecord) => Object.entries(holder).sort(([a], [b]) => (a < b ? -1 : 1))

/** What the number is bound to: all the rest of the document, so that it can't be put on an older one. */
const digestOf = ({ id, holder, retired, records }: VaultDocument): string =>
  createHash('sha256')
    .update(JSON.stringify([id, spelled(holder), retired.map(spelled), records]))
    .digest('hex')

/** How often a vault has been written, by the vault itself; 0 where it does not say so or was changed by somebody else. */
export const generationOf = (document: VaultDocument, key: Secret): number => {
  if (document.generation === undefined) return 0
  try {
    const [number, digest] = unseal(key, label, document.generation).reveal().split(' ')
    return digest === digestOf(document) ? Number(number) : 0
  } catch (error) {
    if (error instanceof Failure) return 0
    throw error
  }
}

/** The document as the one of this number. */
export const withGeneration = (document: VaultDocument, key: Secret, generation: number): VaultDocument => ({
  ...document,
  generation: seal(key, label, new Secret(`${generation} ${digestOf(document)}`)),
})
