import { randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  type Dirent,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { ownOf } from '../../src-preload/contract/own'
import { reasonOf } from './durable-file'

/** Why the app can't work with a folder of its own. */
export interface FolderProblem {
  readonly path: string
  /** The system's own word for it, e.g. `EACCES`. */
  readonly code: string
  readonly reason: 'read-only' | 'full' | 'denied' | 'no-folder' | 'no-file' | 'broken'
}

const reasons: Readonly<Record<string, FolderProblem['reason']>> = {
  EROFS: 'read-only',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'denied',
  EPERM: 'denied',
  ENOTDIR: 'no-folder',
  EEXIST: 'no-folder',
  ELOOP: 'no-folder',
  EISDIR: 'no-file',
  EINVAL: 'no-file',
  EFBIG: 'no-file',
}

/** Bytes that have to fit: what a small change of one file takes. */
const trialBytes = 16 * 1024

/** Folders of ours in the profile. A start with other rights, by `sudo` for instance, leaves them to somebody else. */
const ours = ['logs', 'repositories', 'git', 'certificates']
/** Of these, those that hold files which are read or added to. */
const withFiles = ['logs', 'repositories', 'certificates']

const attempt = (path: string, act: () => void): FolderProblem | null => {
  try {
    act()
    return null
  } catch (error) {
    const code = reasonOf(error)
    return { path, code, reason: ownOf(reasons, code) ?? 'broken' }
  }
}

/** Bytes of a file of ours that are read; the largest has never had a tenth of it. */
const mostBytes = 256 * 1024 * 1024

/** Our files that are read as a whole. A copy that was put aside is not. */
const readWhole = /^(?:[\w.-]+\.json|vault\.seen|vault\.ahead-[0-9a-f]{12})$/

/**
 * Looks whether it is a file that can be read. What else may stand there under its name would be waited for without end (a
 * named pipe) or fill the memory (a device). A link that leads nowhere is no file yet. @throws what the system would call it
 */
export const requireReadable = (path: string): void => {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  const refuse = (code: string) => Object.assign(new Error(code), { code })
  if (found.isDirectory()) throw refuse('EISDIR')
  if (!found.isFile()) throw refuse('EINVAL')
  if (found.size > mostBytes) throw refuse('EFBIG')
  accessSync(path, constants.R_OK)
}

/** The first file of a folder that can't be read, of those that are ours, or null. */
const firstUnreadable = (folder: string, isOurs: (entry: Dirent) => boolean): FolderProblem | null => {
  for (const entry of readdirSync(folder, { withFileTypes: true }).filter(isOurs)) {
    const path = join(folder, entry.name)
    const problem = attempt(path, () => requireReadable(path))
    if (problem !== null) return problem
  }
  return null
}

/** The first of our files in the folder that can't be read, or null. */
export const unreadableFile = (folder: string): FolderProblem | null =>
  firstUnreadable(folder, ({ name }) => readWhole.test(name))

/** Makes the folder if need be, and writes a file in it. */
const tryToWrite = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `trial-${randomBytes(6).toString('hex')}.tmp`)
  const file = openSync(path, 'wx', 0o600)
  try {
    if (writeSync(file, Buffer.alloc(trialBytes)) < trialBytes)
      throw Object.assign(new Error('full'), { code: 'ENOSPC' })
  } finally {
    closeSync(file)
    rmSync(path, { force: true })
  }
}

/** What is wrong with the app's own folder, or null. Looks at the folder, at ours in it, and at whether our files can be read. */
export const profileProblem = (folder: string): FolderProblem | null => {
  const own = attempt(folder, () => tryToWrite(folder)) ?? attempt(folder, () => readdirSync(folder))
  if (own !== null) return own
  for (const name of readdirSync(folder).filter((entry) => ours.includes(entry))) {
    const path = join(folder, name)
    const problem =
      attempt(path, () => tryToWrite(path)) ??
      (withFiles.includes(name) ? firstUnreadable(path, (entry) => !entry.isDirectory()) : null)
    if (problem !== null) return problem
  }
  return unreadableFile(folder)
}

/** Whether another copy runs on this profile: Chromium's lock names its host and process (process_singleton_posix.cc). */
export const isInUse = (folder: string): boolean => {
  try {
    const pid = Number(readlinkSync(join(folder, 'SingletonLock')).split('-').at(-1))
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
