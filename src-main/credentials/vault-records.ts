import { Failure } from '../../src-preload/contract/outcome'
import { seal, unseal } from './envelope'
import { generationOf, withGeneration } from './generation'
import { Secret } from './secret'
import type { Vault } from './vault'
import type { HolderRecord, VaultDocument } from './vault-document'
import type { VaultFile } from './vault-file'
import { type Arrived, decodeArrived, digestOfSealed, encodeArrived } from './write-ahead'

/** The part of a vault's document that says who keeps its key. */
export type KeptBy = Pick<VaultDocument, 'holder' | 'retired'>

/** The records of a vault whose key is at hand. */
export interface VaultRecords extends Vault {
  /** What is durable now. */
  document(): VaultDocument
  readonly key: Secret
  /** Changes who keeps the key, and from then on writes to `file`. The records stay sealed as they are. */
  rewrap(change: (now: KeptBy) => KeptBy, file: VaultFile): Promise<void>
  /** Which generation the vault was when these records were opened, and which one is durable now. */
  readonly openedGeneration: number
  generation(): number
  /** Later writes are of later generations than this one; what was written meanwhile as an earlier one is written again. */
  continueAfter(generation: number): Promise<void>
  /** Called after every write. */
  onWrite(listener: () => void): void
  /** Resolves when every write asked for so far has ended, well or not. */
  settled(): Promise<void>
  /** Puts under their names what had arrived when an earlier run ended; the places are given back. @throws Failure `storage-failed` */
  takeArrived(): Promise<void>
}

const labelOf = (name: string): string => `record/${name}`

/**
 * Stands in the document for a name that has no record while something may arrive for it. It is another one each time, so that
 * a file of an earlier arrival fits nothing, however often its name has been without a record.
 */
const absenceOf = (name: string): string => `${absencePrefix}${name}`
const absencePrefix = 'absence/'

/** What arrives is bound to the record that it replaces as well, so that an old file can't bring an old value back. */
const aheadLabelOf = ({ name, replaces }: Pick<Arrived, 'name' | 'replaces'>): string => `ahead/${replaces}/${name}`

/** What a vault's document holds under a name, or null for nothing. @throws Failure `vault-damaged` */
export const readRecord = ({ records }: VaultDocument, key: Secret, name: string): Secret | null => {
  const sealed = records.find(([recorded]) => recorded === name)?.[1]
  return sealed === undefined ? null : unseal(key, labelOf(name), sealed)
}

/** Reads and writes sealed records. Writes go one after the other, and what is read is always durable. */
export const createRecords = (initialFile: VaultFile, key: Secret, initial: VaultDocument): VaultRecords => {
  let file = initialFile
  let document = initial
  const openedGeneration = generationOf(initial, key)
  let generation = openedGeneration
  let written = () => {}
  let queue: Promise<void> = Promise.resolve()
  const enqueue = (write: () => Promise<void>): Promise<void> => {
    const written = queue.then(write)
    queue = written.catch(() => undefined)
    return written
  }
  const change = async (changed: VaultDocument, target = file): Promise<void> => {
    const next = withGeneration(changed, key, generation + 1)
    await target.save(next)
    file = target
    document = next
    generation += 1
    written()
  }
  const without = (name: string) => document.records.filter(([recorded]) => recorded !== name)
  const sealedOf = (name: string) => document.records.find(([recorded]) => recorded === name)?.[1]
  /** Of the record, or of its absence; null for a name for which nothing was ever about to arrive. */
  const digestNow = (name: string) => digestOfSealed(sealedOf(name) ?? sealedOf(absenceOf(name)))
  /** The records without a name, whose absence is another one now. */
  const withNewAbsence = (name: string): VaultDocument['records'] => {
    const absence = absenceOf(name)
    const others = without(name).filter(([recorded]) => recorded !== absence)
    return [...others, [absence, seal(key, labelOf(absence), new Secret(''))] as [string, string]].sort(byName)
  }
  /** What has not been taken from a place and is given back can't be taken later. */
  const giveBack = (name: string, replaces: string): Promise<void> =>
    enqueue(async () => {
      if (sealedOf(name) === undefined && digestNow(name) === replaces) {
        await change({ ...document, records: withNewAbsence(name) })
      }
    })
  const set = (name: string, value: Secret): Promise<void> =>
    enqueue(async () => {
      const added: VaultDocument['records'][number] = [name, seal(key, labelOf(name), value)]
      await change({ ...document, records: [...without(name), added].sort(byName) })
    })

  /** The value of a line that is still to be taken; null for one of another vault, or whose record has changed since. */
  const arrivedIn = (line: string | null): { readonly name: string; readonly value: Secret } | null => {
    const arrived = line === null ? null : decodeArrived(line)
    if (arrived === null || arrived.vault !== document.id || arrived.replaces !== digestNow(arrived.name)) return null
    try {
      return { name: arrived.name, value: unseal(key, aheadLabelOf(arrived), arrived.sealed) }
    } catch (error) {
      if (error instanceof Failure) return null
      throw error
    }
  }

  return {
    key,
    document: () => document,
    get: async (name) => readRecord(document, key, name),
    set,
    writeAhead: async (name) => {
      // What was asked for before is part of what will be replaced.
      await enqueue(async () => {
        if (digestNow(name) === null) await change({ ...document, records: withNewAbsence(name) })
      })
      const [vault, replaces] = [document.id, digestNow(name) ?? '']
      let hasCome = false
      const place = await file.ahead.reserve()
      const line = (value: Secret) => {
        const sealed = seal(key, aheadLabelOf({ name, replaces }), value)
        return encodeArrived({ vault, name, replaces, sealed })
      }
      // The first sealing of a process is slow, too.
      line(new Secret(''))
      return {
        write: (value) => {
          hasCome = true
          return place.write(line(value))
        },
        close: async () => {
          // Where the vault can't be written, the file is emptied and removed nevertheless.
          if (hasCome) await giveBack(name, replaces).catch(() => undefined)
          await place.close()
        },
      }
    },
    takeArrived: async () => {
      for (const { line, remove } of await file.ahead.left()) {
        const arrived = arrivedIn(line)
        if (arrived !== null) await set(arrived.name, arrived.value)
        await remove()
      }
    },
    delete: (name) =>
      enqueue(async () => {
        if (sealedOf(name) === undefined) return
        const records = sealedOf(absenceOf(name)) === undefined ? without(name) : withNewAbsence(name)
        await change({ ...document, records })
      }),
    names: async () => document.records.flatMap(([name]) => (name.startsWith(absencePrefix) ? [] : [name])),
    rewrap: (keptBy, target) =>
      enqueue(async () => {
        const { holder, retired } = keptBy(document)
        await change({ ...document, holder, retired: retired.filter((other) => !isSame(other, holder)) }, target)
      }),
    openedGeneration,
    generation: () => generation,
    continueAfter: (other) =>
      enqueue(async () => {
        const isBehind = generation > openedGeneration && generation <= other
        generation = Math.max(generation, other)
        if (isBehind) await change(document)
      }),
    onWrite: (listener) => {
      written = listener
    },
    settled: () => queue,
  }
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : a > b ? 1 : 0)

/** Whether it is the same place: a key that came back to a former holder must not be removed there. */
export const isSame = (a: HolderRecord, b: HolderRecord): boolean => JSON.stringify(a) === JSON.stringify(b)
