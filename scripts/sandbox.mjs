import { statSync } from 'node:fs'
import path from 'node:path'
import { run } from './run.mjs'

/** @param {string} file @returns {boolean} whether it belongs to root and runs as root */
function isSetUidRoot(file) {
  try {
    const { uid, mode } = statSync(file)
    return uid === 0 && (mode & 0o4000) !== 0
  } catch {
    return false
  }
}

/**
 * Why Chromium's sandbox cannot work for this user on this machine, or null where it can and therefore must be on.
 * Chromium needs either its helper installed set-uid root or the right to create namespaces
 * (chromium/docs/linux/sandboxing.md); the second is found out by creating the same ones.
 * @param {string} executable the Electron binary
 * @returns {Promise<string | null>}
 */
export async function whyNoSandbox(executable) {
  if (process.platform !== 'linux') return null
  if (process.getuid?.() === 0) return 'it cannot work for root'
  if (isSetUidRoot(path.join(path.dirname(executable), 'chrome-sandbox'))) return null
  const { code, missing } = await run('unshare', ['--user', '--map-root-user', '--pid', '--net', '--fork', 'true'], {
    limit: 5000,
  })
  return code === 0 || missing ? null : 'this system lets ordinary users create no namespaces'
}
