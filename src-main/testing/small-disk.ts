import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import * as realFs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileSystem } from '../storage/durable-file'
import { failingDisk } from './failing-disk'

/** A folder whose disk can be filled up. */
export interface SmallDisk {
  readonly folder: string
  readonly fs: FileSystem
  /** Whether it is a disk of its own, so that a write can also come to a halt half way. */
  readonly real: boolean
  /** Leaves room for `bytes`, to the next 4 kB, and no more. */
  fill(bytes?: number): void
  free(): void
  remove(): void
}

/** A real disk of 256 kB, or so many bytes, where this user may mount one, else a folder whose `fs` fails by hand. */
export const smallDisk = (size = 256 * 1024): SmallDisk => {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'))
  const ballast = join(folder, 'ballast')
  if (!mounted(folder, size)) {
    const fs = failingDisk()
    return {
      folder,
      fs,
      real: false,
      fill: () => {
        fs.failing = 'write'
      },
      free: () => {
        fs.failing = null
      },
      remove: () => rmSync(folder, { recursive: true }),
    }
  }
  return {
    folder,
    fs: realFs,
    real: true,
    fill: (bytes = 0) => {
      rmSync(ballast, { force: true })
      try {
        writeFileSync(ballast, Buffer.alloc(size))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
      const filled = execFileSync('stat', ['-c', '%s', ballast], { encoding: 'utf8' })
      execFileSync('truncate', ['-s', String(Math.max(0, Number(filled) - bytes)), ballast])
    },
    free: () => rmSync(ballast),
    remove: () => {
      // A process may still be on its way out of it.
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true })
    },
  }
}

const mounted = (folder: string, size: number): boolean => {
  if (process.platform !== 'linux') return false
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
