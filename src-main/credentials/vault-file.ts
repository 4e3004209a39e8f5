import { join } from 'node:path'
import { Failure } from '../../src-preload/contract/outcome'
import type { Clock } from '../clock'
import type { Log } from '../log/log'
import { type FileSystem, readIfThere, removeLeftovers, setAside, writeDurably } from '../storage/durable-file'
import { decodeDocument, encodeDocument, type VaultDocument } from './vault-document'
import { createWriteAheadLog, noWriteAheadLog, type WriteAheadLog } from './write-ahead'

/** What was found on the disk. */
export interface LoadedVault {
  /** Null when there is no vault yet, or none that can be read any more. */
  readonly document: VaultDocument | null
  /** The last good copy took the place of a file that was damaged or gone. */
  readonly restored: boolean
  /** The name under which a damaged file is kept, or null when none was damaged. */
  readonly setAside: string | null
}

/** Where the vault's document is kept. One process at a time: the app's single-instance lock sees to that. */
export interface VaultFile {
  /** @throws Failure `storage-failed`; `vault-damaged` (`reason: newer`) for a file of a later version, left as it is. */
  load(): Promise<LoadedVault>
  /** Resolves when durable; several calls are served in their order. @throws Failure `storage-failed`, with the old content in place. */
  save(document: VaultDocument): Promise<void>
  /** Sets the file and its copy aside for good, so that a new vault can start. @throws Failure `storage-failed` */
  startOver(): Promise<void>
  /** Places for single records that are about to arrive. */
  readonly ahead: WriteAheadLog
}

/** What a vault file needs. */
export interface VaultFileParts {
  readonly folder: string
  readonly clock: Clock
  readonly log: Log
  readonly fs?: FileSystem
}

/**
 * `vault.json` in the app's folder, and `vault.last-good.json`, the same content written after it. A file that can't be
 * decoded is renamed to `vault.corrupt-<time>` and never written to; the copy then takes its place.
 */
export const createVaultFile = ({ folder, clock, log, fs }: VaultFileParts): VaultFile => {
  const path = join(folder, 'vault.json')
  const copy = join(folder, 'vault.last-good.json')
  const readGood = async (from: string): Promise<VaultDocument | 'none' | 'damaged'> => {
    const bytes = await readIfThere(from, fs)
    if (bytes === null) return 'none'
    try {
      return decodeDocument(bytes)
    } catch (error) {
      if (!(error instanceof Failure) || error.facts.reason === 'newer') throw error
      log.warn('A vault file is damaged', { from, reason: error.facts.reason, bytes: bytes.length })
      return 'damaged'
    }
  }
  const quarantine = async (from: string): Promise<string> => {
    const name = await setAside(from, 'corrupt', clock.now(), fs)
    log.warn('A damaged vault file was set aside', { name })
    return name
  }
  const write = async (content: string): Promise<void> => {
    await writeDurably(path, content, fs)
    try {
      await writeDurably(copy, content, fs)
    } catch (error) {
      // The vault itself is safe; only its spare copy is older. The next write tries again.
      log.warn('The copy of the vault could not be written', { error })
    }
  }
  let saving: Promise<void> = Promise.resolve()

  return {
    ahead: createWriteAheadLog(folder, fs),
    load: async () => {
      await removeLeftovers(path, fs)
      await removeLeftovers(copy, fs)
      const found = await readGood(path)
      if (typeof found === 'object') return { document: found, restored: false, setAside: null }
      // The copy is judged before anything moves: where it is of a later version, nothing is touched.
      const spare = await readGood(copy)
      const aside = found === 'damaged' ? await quarantine(path) : null
      if (spare === 'none') return { document: null, restored: false, setAside: aside }
      if (spare === 'damaged') {
        const spareAside = await quarantine(copy)
        return { document: null, restored: false, setAside: aside ?? spareAside }
      }
      await writeDurably(path, encodeDocument(spare), fs)
      log.warn('The last good copy of the vault came back', { records: spare.records.length })
      return { document: spare, restored: true, setAside: aside }
    },
    save: (document) => {
      const saved = saving.then(() => write(encodeDocument(document)))
      saving = saved.catch(() => undefined)
      return saved
    },
    startOver: async () => {
      // The copy first: without it, a kill in between leaves the vault as it was and brings nothing back later.
      for (const from of [copy, path]) {
        const name = await setAside(from, 'set-aside', clock.now(), fs).catch((error: Failure) => {
          if (error.facts.reason !== 'ENOENT') throw error
          return null
        })
        if (name !== null) log.warn('The vault was set aside to start over', { name })
      }
    },
  }
}

/** A vault file in memory, for the vault that ends with the app. */
export const createMemoryVaultFile = (): VaultFile => {
  let document: VaultDocument | null = null
  return {
    ahead: noWriteAheadLog,
    load: async () => ({ document, restored: false, setAside: null }),
    save: async (saved) => {
      document = saved
    },
    startOver: async () => {
      document = null
    },
  }
}
