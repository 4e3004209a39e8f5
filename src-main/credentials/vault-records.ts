import { seal, unseal } from './envelope'
import type { Secret } from './secret'
import type { Vault } from './vault'
import type { HolderRecord, VaultDocument } from './vault-document'
import type { VaultFile } from './vault-file'

/** The part of a vault's document that says who keeps its key. */
export type KeptBy = Pick<VaultDocument, 'holder' | 'retired'>

/** The records of a vault whose key is at hand. */
export interface VaultRecords extends Vault {
  /** What is durable now. */
  document(): VaultDocument
  readonly key: Secret
  /** Changes who keeps the key, and from then on writes to `file`. The records stay sealed as they are. */
  rewrap(change: (now: KeptBy) => KeptBy, file: VaultFile): Promise<void>
  /** Resolves when every write asked for so far has ended, well or not. */
  settled(): Promise<void>
}

const labelOf = (name: string): string => `record/${name}`

/** What a vault's document holds under a name, or null for nothing. @throws Failure `vault-damaged` */
export const readRecord = ({ records }: VaultDocument, key: Secret, name: string): Secret | null => {
  const sealed = records.find(([recorded]) => recorded === name)?.[1]
  return sealed === undefined ? null : unseal(key, labelOf(name), sealed)
}

/** Reads and writes sealed records. Writes go one after the other, and what is read is always durable. */
export const createRecords = (initialFile: VaultFile, key: Secret, initial: VaultDocument): VaultRecords => {
  let file = initialFile
  let document = initial
  let queue: Promise<void> = Promise.resolve()
  const enqueue = (write: () => Promise<void>): Promise<void> => {
    const written = queue.then(write)
    queue = written.catch(() => undefined)
    return written
  }
  const change = async (changed: VaultDocument): Promise<void> => {
    await file.save(changed)
    document = changed
  }
  const without = (name: string) => document.records.filter(([recorded]) => recorded !== name)

  return {
    key,
    document: () => document,
    get: async (name) => readRecord(document, key, name),
    set: (name, value) =>
      enqueue(async () => {
        const added: VaultDocument['records'][number] = [name, seal(key, labelOf(name), value)]
        await change({ ...document, records: [...without(name), added].sort(byName) })
      }),
    delete: (name) =>
      enqueue(async () => {
        const records = without(name)
        if (records.length < document.records.length) await change({ ...document, records })
      }),
    names: async () => document.records.map(([name]) => name),
    rewrap: (keptBy, target) =>
      enqueue(async () => {
        const { holder, retired } = keptBy(document)
        const changed = { ...document, holder, retired: retired.filter((other) => !isSame(other, holder)) }
        await target.save(changed)
        file = target
        document = changed
      }),
    settled: () => queue,
  }
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : a > b ? 1 : 0)

/** Whether it is the same place: a key that came back to a former holder must not be removed there. */
export const isSame = (a: HolderRecord, b: HolderRecord): boolean => JSON.stringify(a) === JSON.stringify(b)
