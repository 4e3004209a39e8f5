import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import * as nodeFs from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Failure } from '../../src-preload/contract/outcome'

/** The calls of `node:fs/promises` that durable files need; a port, so that a test can make the disk fail. */
export type FileSystem = Pick<typeof nodeFs, 'open' | 'rename' | 'rm' | 'readFile' | 'readdir' | 'mkdir'>

/** The error code of a system call, e.g. `ENOSPC`. */
export const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException | null)?.code ?? 'unknown'

const failed = (path: string, error: unknown): Failure =>
  error instanceof Failure ? error : new Failure('storage-failed', { path, reason: reasonOf(error) }, { cause: error })

/** Another program, often a virus scanner, holds a file open for a moment; only Windows refuses the rename then. */
const busy = new Set(['EPERM', 'EACCES', 'EBUSY'])

const replace = async (from: string, to: string, fs: FileSystem): Promise<void> => {
  for (let left = process.platform === 'win32' ? 10 : 0; ; left -= 1) {
    try {
      return await fs.rename(from, to)
    } catch (error) {
      if (left === 0 || !busy.has(reasonOf(error))) throw error
      await wait(50)
    }
  }
}

/** Makes a rename in this folder survive a power cut. Windows has no such call and needs none. */
export const syncFolder = async (folder: string, fs: FileSystem = nodeFs): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await fs.open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Replaces a file as a whole: a reader, a kill or a power cut at any moment finds the old content or the new one.
 * Readable by this user only. @throws Failure `storage-failed` (`path`, `reason`), with the old content in place.
 */
export const writeDurably = async (path: string, content: string, fs: FileSystem = nodeFs): Promise<void> => {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await fs.mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const handle = await fs.open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await replace(temporary, path, fs)
    await syncFolder(dirname(path), fs)
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined)
    throw failed(path, error)
  }
}

/** Names of temporary files: ours, and those of electron-store's writer. */
const temporaryEnd = /^(?:[0-9a-f]{12}\.tmp|tmp-\d{10}[0-9a-f]{6})$/

/** Removes what a kill in the middle of a write left beside the file. */
export const removeLeftovers = async (path: string, fs: FileSystem = nodeFs): Promise<void> => {
  const name = basename(path)
  try {
    for (const entry of await fs.readdir(dirname(path))) {
      const leftover = entry.startsWith(`${name}.`) && temporaryEnd.test(entry.slice(name.length + 1))
      if (leftover) await fs.rm(join(dirname(path), entry), { force: true })
    }
  } catch (error) {
    if (reasonOf(error) !== 'ENOENT') throw failed(path, error)
  }
}

/** The file's bytes, or null when there is none. @throws Failure `storage-failed` when it is there and can't be read. */
export const readIfThere = async (path: string, fs: FileSystem = nodeFs): Promise<Buffer | null> => {
  try {
    return await fs.readFile(path)
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return null
    throw failed(path, error)
  }
}

/**
 * A free name for a file that is put out of the way: `name.json` becomes `name.<label>-<time>`, and never another file's name.
 * @param now Unix ms.
 */
export const asidePath = (path: string, label: string, now: number): string => {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  const wanted = `${path.replace(/\.json$/, '')}.${label}-${stamp}`
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? wanted : `${wanted}-${count}`
    if (!existsSync(free)) return free
  }
}

/** Renames a file to its `asidePath` and says the new name. @throws Failure `storage-failed` */
export const setAside = async (path: string, label: string, now: number, fs: FileSystem = nodeFs): Promise<string> => {
  const target = asidePath(path, label, now)
  try {
    await replace(path, target, fs)
    await syncFolder(dirname(path), fs)
    return basename(target)
  } catch (error) {
    throw failed(path, error)
  }
}
