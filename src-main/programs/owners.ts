import { type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** What decides whether somebody else could put another program in its place. */
type Owned = Pick<Stats, 'uid' | 'mode'>

const groupOrOthers = 0o022
const others = 0o002
const sticky = 0o1000

/** This person's number, or null where files have owners of another kind (Windows). */
export const userHere = (): number | null => process.getuid?.() ?? null

/** Whether this person or root owns it. */
export const isOwned = ({ uid }: Owned, user: number | null): boolean => user === null || uid === user || uid === 0

/** Whether only its owner may write a file. */
export const isOwnersAlone = ({ mode }: Owned, user: number | null): boolean =>
  user === null || (mode & groupOrOthers) === 0

/**
 * Whether anybody could rename what is in a folder. Groups may write the folders of common package managers (Homebrew,
 * Debian's `/usr/local`); everybody may write folders like `/tmp`, but each only their own there.
 */
const isOpen = ({ mode }: Owned): boolean => (mode & others) !== 0 && (mode & sticky) === 0

/** The folders above a path, nearest first. */
export const foldersAbove = (path: string): readonly string[] => {
  const parent = dirname(path)
  return parent === path ? [] : [parent, ...foldersAbove(parent)]
}

/** The nearest folder above a real path that others could change, or null. Throws where one can't be read. */
export const openFolder = (path: string, user: number | null): string | null => {
  if (user === null) return null
  return (
    foldersAbove(path).find((folder) => {
      const stats = statSync(folder)
      return isOpen(stats) || !isOwned(stats, user)
    }) ?? null
  )
}
