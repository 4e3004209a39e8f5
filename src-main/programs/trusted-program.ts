import { type BigIntStats, realpathSync, statSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import { isOwned, isOwnersAlone, openFolder, userHere } from './owners'

/** Why a program is not run: not there or no program; somebody else's; writable by others, or below a folder that is; in a folder that was cloned into. */
export type Distrust = 'missing' | 'not-a-program' | 'foreign-owner' | 'writable' | 'folder-writable' | 'cloned'

/** What a look at a program found. */
export type Judgement =
  | {
      readonly trusted: true
      /** Where it really is: links could lead elsewhere the next time. */
      readonly path: string
      /** Differs as soon as the file is another one, or has changed. */
      readonly identity: string
    }
  | { readonly trusted: false; readonly why: Distrust; readonly at: string }

/** Where and for whom a program is judged. */
export interface ProgramRules {
  readonly platform?: NodeJS.Platform
  readonly user?: number | null
  /** Folders whose content comes from elsewhere: what was cloned, and the app's own work. */
  readonly foreignFolders: readonly string[]
}

const realOrSame = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Whether a path is a folder or below it. Windows and macOS take letters of either case for the same name. */
const isWithin = (path: string, folder: string, platform: NodeJS.Platform): boolean => {
  const { relative, isAbsolute } = platform === 'win32' ? win32 : posix
  const fold = (text: string) => (platform === 'linux' ? text : text.toLowerCase())
  const way = relative(fold(folder), fold(path))
  return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way)
}

const identityOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join(':')

/** Network and device names of Windows: whoever answers there decides what is run. */
const isRemote = (path: string): boolean => /^[\\/]{2}/.test(path)

/**
 * Looks at the file of a program without running it, cheaply enough to do so before each use. It must be a regular file
 * that this person or root owns and nobody else may write, in folders that nobody else may change, and no part of
 * anything that was cloned.
 */
export const judgeProgram = (chosen: string, rules: ProgramRules): Judgement => {
  const { platform = process.platform, user = userHere(), foreignFolders } = rules
  const windows = platform === 'win32'
  const refuse = (why: Distrust, at = chosen): Judgement => ({ trusted: false, why, at })
  if (windows && isRemote(chosen)) return refuse('not-a-program')
  try {
    const path = realpathSync(chosen)
    if (windows && (isRemote(path) || !/\.exe$/i.test(path))) return refuse('not-a-program')
    const stats = statSync(path, { bigint: true })
    const owned = { uid: Number(stats.uid), mode: Number(stats.mode) }
    if (!stats.isFile() || (!windows && (owned.mode & 0o111) === 0)) return refuse('not-a-program')
    // Both ways: the link may stand in a clone, and what it leads to.
    for (const folder of foreignFolders) {
      const isForeign = [chosen, path].some((one) =>
        [folder, realOrSame(folder)].some((place) => isWithin(one, place, platform)),
      )
      if (isForeign) return refuse('cloned', folder)
    }
    if (!isOwned(owned, user)) return refuse('foreign-owner')
    if (!isOwnersAlone(owned, user)) return refuse('writable')
    const open = openFolder(path, user) ?? openFolder(chosen, user)
    if (open !== null) return refuse('folder-writable', open)
    return { trusted: true, path, identity: identityOf(stats) }
  } catch {
    return refuse('missing')
  }
}
