import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where the running app listens for the terminal and for git, and the word that proves that a caller may read this
 * person's files.
 */
export interface DoorPlace {
  readonly folder: string
  readonly socket: string
  readonly key: string
  /** Where git itself asks, or null where its `credential-cache` knows no sockets. */
  readonly git: string | null
}

/** Longest path of a Unix socket that every system takes, in bytes (unix(7)). */
const longestPath = 100

/** @see DoorPlace */
export const doorPlace = (profile: string): DoorPlace => {
  const folder = join(profile, 'terminal')
  const name = createHash('sha256').update(profile).digest('hex').slice(0, 32)
  const isNear = Buffer.byteLength(join(folder, 'socket')) <= longestPath
  const at = (word: string) =>
    isNear ? join(folder, word) : join(process.env.XDG_RUNTIME_DIR ?? folder, `cloudaipilot-${name}-${word}`)
  const isWindows = process.platform === 'win32'
  return {
    folder,
    socket: isWindows ? `\\\\.\\pipe\\cloudaipilot-${name}` : at('socket'),
    key: join(folder, 'key'),
    git: isWindows ? null : at('git'),
  }
}

/** Whether an app answers there, or was ended before it could close. */
export const isDoorOpen = (profile: string): boolean => existsSync(doorPlace(profile).key)
