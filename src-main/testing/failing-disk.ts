import * as fs from 'node:fs/promises'
import type { FileSystem } from '../storage/durable-file'

/** Steps of a durable write at which a disk can fail. */
export type DiskStep = 'open' | 'write' | 'sync' | 'rename'

const noSpace = (): NodeJS.ErrnoException => Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })

/** The real file system, which fails at one step like a full disk while `failing` is set. Folders and reads work on. */
export interface FailingDisk extends FileSystem {
  failing: DiskStep | null
}

export const failingDisk = (): FailingDisk => {
  const refuse = (step: DiskStep) => {
    if (disk.failing === step) throw noSpace()
  }
  const open: typeof fs.open = async (path, flags, mode) => {
    if (flags === 'r') return fs.open(path, flags, mode)
    refuse('open')
    const handle = await fs.open(path, flags, mode)
    const { writeFile, sync } = handle
    handle.writeFile = async (...args) => {
      // A full disk takes what still fits.
      if (disk.failing === 'write') await writeFile.call(handle, String(args[0]).slice(0, 10))
      refuse('write')
      return writeFile.apply(handle, args)
    }
    handle.sync = async () => {
      refuse('sync')
      return sync.call(handle)
    }
    return handle
  }
  const rename: typeof fs.rename = async (from, to) => {
    refuse('rename')
    return fs.rename(from, to)
  }
  const disk: FailingDisk = { ...fs, open, rename, failing: null }
  return disk
}
