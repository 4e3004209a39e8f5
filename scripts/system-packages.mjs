import { existsSync, readdirSync } from 'node:fs'
import { run } from './run.mjs'
import { Stop, say, secondsSince } from './say.mjs'

/** Packages of Debian and its children. Several names with a bar between: whichever this release has. */
const window = [
  'libgtk-3-0t64|libgtk-3-0',
  'libnss3',
  'libasound2t64|libasound2',
  'libgbm1',
  'libatk-bridge2.0-0t64|libatk-bridge2.0-0',
  'libcups2t64|libcups2',
  'libdrm2',
  'libxkbcommon0',
  'libnotify4',
  'xdg-utils',
  'desktop-file-utils',
  'git',
  'openssh-client',
]
const headless = ['xvfb', 'dbus', 'gnome-keyring', 'libsecret-tools', 'openssh-server']

/** Packages that are wanted for one program only: where that is on the PATH from elsewhere, it will do. */
const programs = /** @type {Record<string, string>} */ ({
  'xdg-utils': 'xdg-open',
  'desktop-file-utils': 'update-desktop-database',
  git: 'git',
  'openssh-client': 'ssh',
  xvfb: 'Xvfb',
  dbus: 'dbus-daemon',
  chromium: 'chromium',
  webhook: 'webhook',
  gh: 'gh',
  gitolite3: 'gitolite',
  'git-lfs': 'git-lfs',
})

/** What each command needs of the system. */
const needs = {
  start: window,
  test: [...window, ...headless, 'chromium', 'webhook', 'gitolite3', 'git-lfs'],
  demo: [...window, ...headless, 'chromium', 'webhook', 'gitolite3'],
  bench: [...window, ...headless, 'webhook', 'gh'],
}

/** Servers among them that Debian starts and enables on installation; we run our own copies on loopback only. */
const services = /** @type {Record<string, string>} */ ({
  'openssh-server': 'ssh.service',
  webhook: 'webhook.service',
})

const lists = '/var/lib/apt/lists'
const apt = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120']

/** @param {readonly string[]} names @returns {Promise<Set<string>>} those that are installed */
async function installedOf(names) {
  const { output } = await run('dpkg-query', ['-W', `-f=\${db:Status-Status} \${Package}\n`, ...names])
  return new Set(
    output.split('\n').flatMap((line) => (line.startsWith('installed ') ? [line.slice('installed '.length)] : [])),
  )
}

/** @param {string | undefined} program @returns {boolean} */
const isOnPath = (program) =>
  program !== undefined &&
  (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(`${folder}/${program}`))

/** @param {readonly string[]} names @returns {Promise<Set<string>>} those that apt could install */
async function knownOf(names) {
  const { output } = await run('apt-cache', ['policy', ...names])
  const known = new Set()
  let name = ''
  for (const line of output.split('\n')) {
    if (/^\S.*:$/.test(line)) name = line.slice(0, -1)
    else if (/^ {2}Candidate: (?!\(none\))/.test(line)) known.add(name)
  }
  return known
}

/** @param {readonly string[][]} missing alternatives of each missing package @returns {Promise<string[]>} the names to install */
async function choose(missing) {
  const known = await knownOf(missing.flat())
  return missing.map((names) => names.find((name) => known.has(name)) ?? names.at(-1) ?? '')
}

/** @param {readonly string[][]} missing @returns {Promise<string[]>} what was installed @throws {Stop} when apt fails */
async function install(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  if (!existsSync(lists) || !readdirSync(lists).some((name) => name.includes('_Packages')))
    await run('apt-get', ['update'], { env })
  let names = await choose(missing)
  let result = await run('apt-get', ['install', ...apt, ...names], { env })
  if (result.code !== 0) {
    await run('apt-get', ['update'], { env })
    names = await choose(missing)
    result = await run('apt-get', ['install', ...apt, ...names], { env })
  }
  if (result.code !== 0) {
    throw new Stop('The system packages could not be installed; apt says why above.', {
      details: result.output,
      action: `Install them by hand and run the same command again: apt-get install ${names.join(' ')}`,
    })
  }
  const started = names.flatMap((name) => services[name] ?? [])
  if (started.length > 0 && existsSync('/run/systemd/system')) await run('systemctl', ['disable', '--now', ...started])
  return names
}

/**
 * Makes sure that the system has what a command needs. On Debian and its children root installs what is missing,
 * anybody else is shown the one command that does. Other systems are not examined.
 * @param {keyof typeof needs} purpose
 * @throws {Stop}
 */
export async function installSystemPackages(purpose) {
  if (process.platform !== 'linux' || !existsSync('/var/lib/dpkg/status')) return
  const wanted = needs[purpose].map((names) => names.split('|'))
  const installed = await installedOf(wanted.flat())
  const missing = wanted.filter((names) => !names.some((name) => installed.has(name) || isOnPath(programs[name])))
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    throw new Stop('Some system packages are missing.', {
      action: `Run this and then the same command again: sudo apt-get install ${['--no-install-recommends', ...(await choose(missing))].join(' ')}`,
    })
  }
  const start = performance.now()
  say('Installing missing system packages ...')
  const names = await install(missing)
  say(`System packages installed: ${names.join(' ')} (${secondsSince(start)})`)
}
