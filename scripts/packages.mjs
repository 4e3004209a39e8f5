import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { run } from './run.mjs'
import { Stop, say, secondsSince } from './say.mjs'

/** The oldest Node that the locked build tools start on. */
const oldestNode = [20, 19]

/**
 * Whether `node_modules` holds exactly what the lock file asks for, told from npm's own record of what it installed.
 * Packages for other systems are allowed to be absent, as npm leaves them out.
 * @param {Record<string, LockedPackage>} locked `packages` of package-lock.json
 * @param {Record<string, LockedPackage>} installed `packages` of node_modules/.package-lock.json
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockedPackage
 */
export function matchesLock(locked, installed) {
  const same = (/** @type {LockedPackage} */ wanted, /** @type {LockedPackage | undefined} */ found) =>
    found === undefined
      ? wanted.optional === true || wanted.devOptional === true
      : found.version === wanted.version && found.integrity === wanted.integrity
  return (
    Object.entries(locked).every(([place, wanted]) => place === '' || same(wanted, installed[place])) &&
    Object.keys(installed).every((place) => place in locked)
  )
}

/** @param {string} root @returns {boolean} */
function isInstalled(root) {
  const record = path.join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  try {
    const { packages: locked } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
    const { packages: installed } = JSON.parse(readFileSync(record, 'utf8'))
    const direct = Object.keys({ ...locked[''].dependencies, ...locked[''].devDependencies })
    return (
      matchesLock(locked, installed) &&
      direct.every((name) => existsSync(path.join(root, 'node_modules', name, 'package.json')))
    )
  } catch {
    return false
  }
}

/** npm as it was started, else the one on the PATH. @returns {[string, string[]]} */
export function npmCommand() {
  const started = process.env.npm_execpath
  if (started && path.basename(started) === 'npm-cli.js') return [process.execPath, [started]]
  return ['npm', []]
}

/** @throws {Stop} when this Node is too old for the build tools */
function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new Stop(`Node ${process.versions.node} is too old.`, {
    action: `Install Node ${oldestNode.join('.')} or newer from https://nodejs.org and run the same command again.`,
  })
}

/**
 * Makes sure that the locked packages are installed; without any network when they are.
 * Install scripts stay off: nothing here needs one, and so a package cannot run code merely by being installed.
 * @param {string} root
 * @throws {Stop} when npm fails
 */
export async function installPackages(root) {
  checkNode()
  if (isInstalled(root)) return
  const start = performance.now()
  say('Installing the locked packages ...')
  const [command, before] = npmCommand()
  const args = [
    ...before,
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const { code, output, missing } = await run(command, args, { cwd: root })
  if (missing)
    throw new Stop('npm is missing.', {
      action: 'Install npm (it comes with Node from https://nodejs.org) and run the same command again.',
    })
  if (code !== 0) {
    throw new Stop('The packages could not be installed; npm says why above.', {
      details: output,
      action: 'Check the connection to the npm registry and run the same command again.',
    })
  }
  say(`Packages installed (${secondsSince(start)})`)
}
