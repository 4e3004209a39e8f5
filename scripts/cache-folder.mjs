import { homedir } from 'node:os'
import path from 'node:path'

/**
 * Where downloads for this project are kept, outside the repository and shared by all checkouts of this user.
 * The variable counts only when absolute (XDG Base Directory Specification).
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cacheFolder(env = process.env) {
  const base = env.XDG_CACHE_HOME
  return path.join(base && path.isAbsolute(base) ? base : path.join(homedir(), '.cache'), 'cloudaipilot-desktop')
}
