import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cacheFolder } from './cache-folder.mjs'
import { run } from './run.mjs'
import { complain, say } from './say.mjs'

/** Milliseconds without a single new byte after which a download counts as failed. */
const patience = 20_000
/** Milliseconds for which a failed download is not tried again. */
const memory = 24 * 60 * 60 * 1000

/** @param {string} file @returns {boolean} */
function isRecent(file) {
  try {
    return Date.now() - statSync(file).mtimeMs < memory
  } catch {
    return false
  }
}

/** Notes a failure; where that is impossible, the next start simply tries again. @param {string} file @param {string} reason */
function remember(file, reason) {
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, reason)
  } catch (error) {
    complain(`The failed download cannot be remembered: ${/** @type {Error} */ (error).message}`)
  }
}

/** @param {string} folder @returns {number} bytes in all its files; 0 while there is no such folder */
function sizeOf(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath ?? entry.path, entry.name)).size, 0)
  } catch {
    return 0
  }
}

/**
 * Lets Electron's own installer download the official build and check it against the checksums in its package.
 * A failure is remembered for a day, so that on a machine that cannot reach it only the first start pays for the try.
 * @param {string} electron folder of the electron package
 * @param {string} version
 * @returns {Promise<boolean>} whether it is there now
 */
export async function downloadOfficial(electron, version) {
  const failure = path.join(cacheFolder(), `electron-${version}-could-not-be-downloaded`)
  if (isRecent(failure)) return false
  say(`Downloading Electron ${version} ...`)
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudaipilot-electron-'))
  let size = -1
  let grown = performance.now()
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  try {
    const { code, output, killed } = await run(process.execPath, [path.join(electron, 'install.js')], {
      env: { ...process.env, TMPDIR: folder, TEMP: folder },
      watch: (kill) => {
        timer = setInterval(() => {
          const now = sizeOf(folder) + sizeOf(path.join(electron, 'dist'))
          if (now !== size) grown = performance.now()
          size = now
          if (performance.now() - grown > patience) kill()
        }, 1000)
      },
    })
    if (code === 0) return true
    remember(failure, killed ? `nothing came for ${patience / 1000} s\n` : output)
    return false
  } finally {
    clearInterval(timer)
    rmSync(folder, { recursive: true, force: true })
  }
}
