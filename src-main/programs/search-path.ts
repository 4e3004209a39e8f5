import { realpathSync, statSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import { isOwned, openFolder, userHere } from './owners'

const others = 0o002

const isSafe = (folder: string, user: number | null): boolean => {
  try {
    const real = realpathSync(folder)
    const stats = statSync(real)
    if (!stats.isDirectory()) return false
    // Where everybody may write, everybody may put a program, sticky or not.
    return user === null || (isOwned(stats, user) && (stats.mode & others) === 0 && openFolder(real, user) === null)
  } catch {
    return false
  }
}

/**
 * A search path without what would run a stranger's program: empty and relative entries, which mean the folder that the
 * app happens to be in, and folders that somebody besides this person and root may fill.
 */
export const safeSearchPath = (
  path: string,
  platform: NodeJS.Platform = process.platform,
  user: number | null = userHere(),
): string => {
  const { delimiter, isAbsolute } = platform === 'win32' ? win32 : posix
  return path
    .split(delimiter)
    .map((entry) => (platform === 'win32' ? entry.replace(/^"(.*)"$/, '$1') : entry))
    .filter((entry) => isAbsolute(entry) && (platform === process.platform ? isSafe(entry, user) : true))
    .join(delimiter)
}

/**
 * Makes the search path of this process, and of every program that it starts, a safe one. Windows also looks for programs
 * in the current folder, which may be a download's; so a windowed app leaves it for `home`.
 */
export const keepSearchPathSafe = (home: string): void => {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH')
  if (name !== undefined) process.env[name] = safeSearchPath(process.env[name] ?? '')
  if (process.platform !== 'win32') return
  process.env.NoDefaultCurrentDirectoryInExePath = '1'
  process.chdir(home)
}
