import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { run, serve, until } from './run.mjs'
import { Stop } from './say.mjs'

/** @typedef {import('./desktop-session.d.mts').Keychain} Keychain */

/** Opens the login keyring of a session; it guards nothing but what the tests put there. */
const keyringPassword = 'correct horse battery staple'
/** The dialog that asks for a keyring's password. */
const prompter = '/usr/share/dbus-1/services/org.gnome.keyring.SystemPrompter.service'
/** Marks every process of a session, also those that the bus or the app starts; a session inside another has both marks. */
const marker = 'CLOUDAIPILOT_DESKTOP_SESSION'

/** Variables that belong to the person's own session or would change what git, ssh or Electron do. */
const foreign =
  /^(XDG_|DBUS_|GNOME_|KDE_|SSH_A|GPG_|GIT_|DESKTOP_SESSION$|BROWSER$|ELECTRON_|NODE_OPTIONS$|npm_|INIT_CWD$)/

/** @param {NodeJS.ProcessEnv} env @returns {NodeJS.ProcessEnv} what remains of it in a private session */
function withoutForeign(env) {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)))
  if (env.WAYLAND_DISPLAY && env.XDG_RUNTIME_DIR)
    kept.WAYLAND_DISPLAY = path.resolve(env.XDG_RUNTIME_DIR, env.WAYLAND_DISPLAY)
  if (env.DISPLAY) kept.XAUTHORITY = env.XAUTHORITY ?? path.join(env.HOME ?? homedir(), '.Xauthority')
  return kept
}

/** A bus that starts nothing by itself but that dialog. @param {string} socket @param {string} services */
const busConfiguration = (
  socket,
  services,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <servicedir>${services}</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

/** @param {string} file @returns {string} empty where the process is gone or somebody else's */
function readProcess(file) {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}

/**
 * Processes of a session: they carry its mark or, as Chromium's own children overwrite their environment with a title,
 * name its folder on their command line.
 * @param {string} id
 */
function processesOf(id) {
  const mark = new RegExp(`(^|\\0)${marker}=[^\\0]*/${id}(/|\\0|$)`)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(
      (pid) =>
        mark.test(readProcess(`/proc/${pid}/environ`)) || readProcess(`/proc/${pid}/cmdline`).includes(`/${id}/`),
    )
}

/** Ends every process of a session. @param {string} id */
async function endProcesses(id) {
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGTERM', 'SIGKILL'])) {
    for (const pid of processesOf(id)) {
      try {
        process.kill(Number(pid), signal)
      } catch {
        // It has ended by itself since it was listed.
      }
    }
    if (await until(() => processesOf(id).length === 0, 2000)) return
  }
}

/**
 * Opens a desktop session apart from the person's own: a home, XDG folders, a D-Bus session bus and a secret service.
 * @param {{ keychain?: Keychain, env?: NodeJS.ProcessEnv }} [options] `env`: what it starts from
 * @returns {Promise<import('./desktop-session.d.mts').DesktopSession>}
 * @throws {Stop} when the bus or the secret service does not start
 */
export async function openDesktopSession({ keychain = 'unlocked', env: outer = process.env } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudaipilot-'))
  const home = path.join(folder, 'home')
  const runtime = path.join(folder, 'run')
  const services = path.join(folder, 'services')
  const keyrings = path.join(home, '.local', 'share', 'keyrings')
  const socket = path.join(runtime, 'bus')
  for (const name of [home, runtime, services, keyrings]) mkdirSync(name, { recursive: true, mode: 0o700 })

  const env = {
    ...withoutForeign(outer),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local', 'share'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    XDG_STATE_HOME: path.join(home, '.local', 'state'),
    XDG_RUNTIME_DIR: runtime,
    // What people read is in English, wherever this runs.
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    LANGUAGE: 'en',
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}`,
    NO_AT_BRIDGE: '1',
    GTK_A11Y: 'none',
    GSETTINGS_BACKEND: 'memory',
    [marker]: `${outer[marker] ?? ''}/${path.basename(folder)}`,
  }

  /** @type {ReturnType<typeof serve> | null} */
  let bus = null
  /** @type {ReturnType<typeof serve> | null} */
  let daemon = null

  async function startBus() {
    if (existsSync(prompter)) copyFileSync(prompter, path.join(services, path.basename(prompter)))
    const configuration = path.join(folder, 'bus.conf')
    writeFileSync(configuration, busConfiguration(socket, services))
    bus = serve('dbus-daemon', [`--config-file=${configuration}`, '--nofork', '--nopidfile'], { env })
    if (!(await until(() => existsSync(socket) || bus?.child.exitCode !== null, 10_000)) || !existsSync(socket)) {
      throw new Stop('No private D-Bus session could be started.', { details: bus.output() })
    }
  }

  async function ownsSecrets() {
    const { output } = await run(
      'dbus-send',
      [
        '--session',
        '--dest=org.freedesktop.DBus',
        '--print-reply',
        '/org/freedesktop/DBus',
        'org.freedesktop.DBus.NameHasOwner',
        'string:org.freedesktop.secrets',
      ],
      { env },
    )
    return output.includes('boolean true')
  }

  /** @param {boolean} unlocked */
  async function startDaemon(unlocked) {
    daemon = serve(
      'gnome-keyring-daemon',
      ['--foreground', '--components=secrets', ...(unlocked ? ['--unlock'] : [])],
      {
        env,
        ...(unlocked ? { input: keyringPassword } : {}),
      },
    )
    if (
      !(await until(async () => (await ownsSecrets()) || daemon?.child.exitCode !== null, 10_000)) ||
      daemon.child.exitCode !== null
    ) {
      throw new Stop('No private keychain could be started (gnome-keyring).', { details: daemon.output() })
    }
  }

  async function stopDaemon() {
    await daemon?.stop()
    daemon = null
  }

  /** @param {Keychain} state */
  async function setKeychain(state) {
    await stopDaemon()
    if (state === 'no-bus') {
      await bus?.stop()
      bus = null
      rmSync(socket, { force: true })
      return
    }
    if (bus === null) await startBus()
    if (state === 'absent') return
    if (state === 'locked' && !existsSync(path.join(keyrings, 'login.keyring'))) {
      await startDaemon(true)
      await stopDaemon()
    }
    await startDaemon(state === 'unlocked')
  }

  async function wipeKeychain() {
    const before = daemon !== null
    await stopDaemon()
    rmSync(keyrings, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    mkdirSync(keyrings, { recursive: true, mode: 0o700 })
    if (before) await startDaemon(true)
  }

  async function close() {
    await stopDaemon()
    await bus?.stop()
    if (process.platform === 'linux') await endProcesses(path.basename(folder))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }

  try {
    if (process.platform === 'linux') await setKeychain(keychain)
  } catch (error) {
    await close()
    throw error
  }
  return { home, env, setKeychain, wipeKeychain, close }
}
