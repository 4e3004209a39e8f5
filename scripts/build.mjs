import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run } from './run.mjs'
import { Stop, say, secondsSince } from './say.mjs'

/** What the built app is made of. */
const sources = ['src-main', 'src-preload', 'src-renderer', 'resources']
const files = ['electron.vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json']
/** What a build leaves. */
const results = ['out/main/index.cjs', 'out/preload/index.cjs', 'out/renderer/index.html']

/** @param {string} root @param {string} folder @returns {string[]} its files, in a fixed order, without tests */
function filesIn(root, folder) {
  if (!existsSync(path.join(root, folder))) return []
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort()
}

/** @param {string} root @returns {string} a fingerprint of everything that goes into the build */
function fingerprint(root) {
  const hash = createHash('sha256')
  for (const file of [...sources.flatMap((folder) => filesIn(root, folder)), ...files]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/**
 * Builds the app into `out/` unless that is up to date; by content, so that switching branches to and fro costs nothing.
 * @param {string} root
 * @throws {Stop} when the build fails
 */
export async function buildApp(root) {
  const stamp = path.join(root, 'out', '.built-from')
  const wanted = fingerprint(root)
  const present = results.every((file) => existsSync(path.join(root, file)))
  if (present && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const start = performance.now()
  rmSync(stamp, { force: true })
  const tool = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { code, output } = await run(process.execPath, [tool, 'build'], { cwd: root })
  if (code !== 0) throw new Stop('The app could not be built; see above.', { details: output })
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
  say(`App built (${secondsSince(start)})`)
}
