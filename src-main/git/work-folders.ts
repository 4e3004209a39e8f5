import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { toStorageFailure } from './storage-failure'

/** A private folder (0700) for one operation. */
export interface WorkFolder {
  readonly path: string
  readonly remove: () => Promise<void>
}

/** Makes folders for work in progress and finds those that an earlier run left behind. */
export interface WorkFolders {
  readonly create: () => Promise<WorkFolder>
  /** Removes what no running process of ours uses. */
  readonly sweep: () => Promise<void>
}

const day = 24 * 60 * 60 * 1000

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const make = async (parent: string): Promise<string> => {
  await mkdir(parent, { recursive: true, mode: 0o700 })
  return mkdtemp(join(parent, `${process.pid}-`))
}

/** Work folders below `parent`, which is the app's own. Their names begin with the number of the process that made them. */
export const createWorkFolders = (parent: string): WorkFolders => {
  const live = new Set<string>()
  const remove = async (path: string) => {
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    live.delete(path)
  }
  return {
    create: async () => {
      const path = await make(parent).catch((error: unknown) => {
        throw toStorageFailure(error, parent)
      })
      live.add(path)
      return { path, remove: () => remove(path) }
    },
    sweep: async () => {
      await mkdir(parent, { recursive: true, mode: 0o700 })
      for (const name of await readdir(parent)) {
        const path = join(parent, name)
        if (live.has(path)) continue
        const pid = Number.parseInt(name, 10)
        // A number is used again by other processes after a while, so age counts as well.
        const inUse = pid !== process.pid && isAlive(pid) && Date.now() - (await stat(path)).mtimeMs < day
        if (!inUse) await remove(path)
      }
    },
  }
}
