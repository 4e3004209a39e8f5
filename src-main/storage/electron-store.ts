import { existsSync, renameSync } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import ElectronStore from 'electron-store'
import { type GenericSchema, integer, minValue, number, object, parse, pipe, safeParse, unknown } from 'valibot'
import { Failure } from '../../src-preload/contract/outcome'
import type { Clock } from '../clock'
import type { Log } from '../log/log'
import { asidePath, reasonOf, removeLeftovers, syncFolder, writeDurably } from './durable-file'
import { type Migration, migrate, versionOf } from './migrations'
import type { Store } from './store'

/** What a store needs. */
export interface ElectronStoreParts<T> {
  readonly folder: string
  /** The file is `<name>.json`; its last good copy is `<name>.last-good.json`. */
  readonly name: string
  readonly schema: GenericSchema<unknown, T>
  /** The value before anything was saved. */
  readonly initial: T
  readonly migrations?: readonly Migration[]
  readonly clock: Clock
  readonly log: Log
  /** The person has to know: a file was unreadable and is kept under another name, in `detail`. */
  readonly notice: (notice: { readonly kind: 'settings-restored'; readonly detail: string }) => void
}

/** A store that says when it rests. */
export interface DurableStore<T> extends Store<T> {
  /** Resolves when everything asked for so far is written or has failed: the app must not end before. */
  settled(): Promise<void>
}

const OnDisk = object({ version: pipe(number(), integer(), minValue(1)), value: unknown() })

type Conf = ElectronStore<Record<string, unknown>>

/** electron-store with its conveniences off: no defaults of its own, no clearing of what it can't read, keys as they are. */
const open = (folder: string, name: string): Conf =>
  new ElectronStore({
    cwd: folder,
    name,
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
    serialize,
  })

const serialize = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/**
 * Writes a document by electron-store. It writes in place where `SNAP` is set, which any terminal from a snap leaves behind,
 * and a file in place is neither old nor new while it is written.
 */
const writeBy = (conf: Conf, document: Record<string, unknown>): void => {
  const { SNAP: snap } = process.env
  delete process.env.SNAP
  try {
    conf.store = document
  } finally {
    if (snap !== undefined) process.env.SNAP = snap
  }
}

/**
 * A `Store` on electron-store. Changes of one turn of the event loop are written together.
 * @throws Failure `storage-failed` when a file can neither be read nor set aside.
 */
export const createElectronStore = <T>(parts: ElectronStoreParts<T>): DurableStore<T> => {
  const { folder, name, schema, initial, migrations = [], clock, log, notice } = parts
  const path = join(folder, `${name}.json`)
  const copy = join(folder, `${name}.last-good.json`)
  const version = versionOf(migrations)

  const outOfTheWay = (from: string, label: string): string => {
    const target = asidePath(from, label, clock.now())
    try {
      renameSync(from, target)
    } catch (error) {
      throw new Failure('storage-failed', { path: from, reason: reasonOf(error) }, { cause: error })
    }
    log.warn('A file could not be read and was set aside', { from, name: basename(target) })
    return basename(target)
  }
  /** What a file holds, brought up to date; or the name under which it is kept because it could not be read; or null. */
  const load = (file: string, from: string): { readonly value: T; readonly was: number } | string | null => {
    if (!existsSync(from)) return null
    try {
      const stored = parse(OnDisk, open(folder, file).store)
      return { value: parse(schema, migrate(stored, migrations).value), was: stored.version }
    } catch (error) {
      log.warn('A file could not be read', { from, error })
      return outOfTheWay(from, error instanceof Failure ? 'newer' : 'corrupt')
    }
  }
  const loadEither = (): { readonly value: T; readonly behind: Behind } => {
    const found = load(name, path)
    if (found !== null && typeof found === 'object') {
      return { value: found.value, behind: found.was === version ? null : { was: found.was } }
    }
    const spare = load(`${name}.last-good`, copy)
    if (found === null && spare === null) return { value: initial, behind: null }
    const isBack = spare !== null && typeof spare === 'object'
    notice({ kind: 'settings-restored', detail: found ?? (isBack ? basename(copy) : (spare ?? '')) })
    return { value: isBack ? spare.value : initial, behind: { was: null } }
  }

  let { value, behind } = loadEither()
  const conf = open(folder, name)
  let waiting: readonly Change<T>[] = []
  let writing: Promise<void> = Promise.all([removeLeftovers(path), removeLeftovers(copy)]).then(
    () => undefined,
    (error: unknown) => log.warn('A temporary file could not be removed', { error }),
  )

  /** First the copy, by a writer that notices a full disk half way; the file itself then follows or the copy takes its place. */
  const save = async (next: T): Promise<void> => {
    const document = { version, value: next }
    if (behind?.was)
      await writeDurably(asidePath(path, `version-${behind.was}`, clock.now()), await readFile(path, 'utf8'))
    await writeDurably(copy, serialize(document))
    try {
      writeBy(conf, document)
      if ((await readFile(path, 'utf8')) !== serialize(document)) throw new Failure('storage-failed')
    } catch (error) {
      log.warn('A file was not written whole; its copy takes its place', { path, error })
      await rename(copy, path)
    }
    await syncFolder(folder)
    behind = null
  }
  const flush = async (): Promise<void> => {
    const batch = waiting
    waiting = []
    let next = value
    const applied: { readonly change: Change<T>; readonly result: T }[] = []
    for (const change of batch) {
      try {
        const result = change.apply(next)
        // What could not be read again is not written: a defect of the caller, told here and not at the next start.
        if (!safeParse(schema, result).success) throw new TypeError(`A change does not fit the schema of ${name}`)
        next = result
        applied.push({ change, result })
      } catch (error) {
        change.reject(error)
      }
    }
    try {
      if (next !== value || behind !== null) await save(next)
      value = next
      for (const { change, result } of applied) change.resolve(result)
    } catch (error) {
      log.warn('A file could not be written', { path, error })
      const failure =
        error instanceof Failure
          ? error
          : new Failure('storage-failed', { path, reason: reasonOf(error) }, { cause: error })
      for (const { change } of applied) change.reject(failure)
    }
  }

  if (behind !== null) writing = writing.then(flush)
  return {
    read: () => value,
    update: (apply) =>
      new Promise((resolve, reject) => {
        waiting = [...waiting, { apply, resolve, reject }]
        if (waiting.length === 1) writing = writing.then(nextTurn).then(flush)
      }),
    settled: () => writing,
  }
}

/** Why the file is not what was read: it came from the copy (`was: null`), or was of an older version, to be backed up first. */
type Behind = { readonly was: number | null } | null

interface Change<T> {
  readonly apply: (value: T) => T
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))
