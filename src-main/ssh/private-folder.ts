import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Folders of this app begin so; the number of the process that made them follows. */
const prefix = 'cloudaipilot-ssh-'
const day = 24 * 60 * 60 * 1000

/**
 * Where the folders lie: short, because the path of a socket may have no more than 107 characters, and in memory where
 * the system offers that (XDG Base Directory Specification, `XDG_RUNTIME_DIR`).
 */
export const privateParent = (env: NodeJS.ProcessEnv = process.env): string => {
  const runtime = env.XDG_RUNTIME_DIR
  return runtime?.startsWith('/') === true && runtime.length <= 60 ? runtime : tmpdir()
}

/** Makes a folder that only this user can enter (0700), for one operation of ssh. */
export const makePrivateFolder = async (parent = privateParent()): Promise<string> => {
  const name = `${prefix}${process.pid}-`
  try {
    return await mkdtemp(join(parent, name))
  } catch (error) {
    // A runtime folder can be named and yet be missing, e.g. after `su`.
    if (parent === tmpdir()) throw error
    return mkdtemp(join(tmpdir(), name))
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Removes what a run that was killed left behind: folders of ours whose process is gone. Other people's are left alone. */
export const sweepPrivateFolders = async (
  parents: readonly string[] = [...new Set([privateParent(), tmpdir()])],
): Promise<void> => {
  for (const parent of parents) {
    for (const name of await readdir(parent).catch(() => [])) {
      if (!name.startsWith(prefix)) continue
      const path = join(parent, name)
      const found = await lstat(path).catch(() => null)
      if (found === null || !found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) continue
      const pid = Number.parseInt(name.slice(prefix.length), 10)
      // A number is used again by other processes after a while, so age counts as well.
      const inUse = pid === process.pid || (isAlive(pid) && Date.now() - found.mtimeMs < day)
      if (!inUse) await rm(path, { recursive: true, force: true })
    }
  }
}
