import { webcrypto } from 'node:crypto'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import type { Running } from './compose'
import { takeEnvironment } from './environment/take-environment'
import { keepSearchPathSafe } from './programs/search-path'
import { registerAppScheme } from './shell/app-protocol'
import { setChromiumSwitches } from './shell/chromium-switches'
import { listenForDeepLinks } from './shell/deep-links'
import { runInTerminal } from './shell/terminal'
import { isInUse, profileProblem } from './storage/profile-folder'
import { terminalArguments } from './terminal/command-line'

// Electron 25 runs Node 18, whose CommonJS modules have no global `crypto`; the OAuth library needs it.
globalThis.crypto ??= webcrypto as Crypto

// Before any program is looked for, by this app or by what it starts.
keepSearchPathSafe(dirname(process.execPath))

// The name decides where the profile and the system's key are found: set once, never changed.
app.setName('CloudAIPilot')
const words = terminalArguments(process.argv)
const oauthVariables = takeEnvironment(process.env, words !== null)
if (words !== null) {
  // A command in the terminal is over before Electron opens a display, a window or a GPU.
  process.exit(
    runInTerminal(app, words, {
      code: __dirname,
      resources: join(__dirname, '../../resources'),
      oauthVariables,
    }),
  )
}
if (process.platform === 'linux' && !app.commandLine.hasSwitch('password-store')) {
  // Chromium looks for a keyring on the desktops it knows by name only; the Secret Service is there on others too.
  app.commandLine.appendSwitch('password-store', 'gnome-libsecret')
}
// Where Chromium's sandbox can't work at all (as root) it is switched off on the command line, plainly and by a person.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
setChromiumSwitches(app.commandLine)
registerAppScheme()

/** What arrives before the app is composed waits here: a link may be the reason for the start. */
let running: Running | null = null
const early: (readonly string[])[] = []
const onArgv = (argv: readonly string[]) => {
  if (running === null) early.push(argv)
  else running.onArgv(argv, true)
}

// Chromium goes to another folder where it can't make the one that it was given, which nobody would notice.
const profile = app.commandLine.getSwitchValue('user-data-dir') || app.getPath('userData')
const isFirst = listenForDeepLinks(app, process.argv, { onArgv, onUrl: (url) => onArgv([url]) })
// Without a folder that can be written there is no lock either: it looks as if another copy were running.
const problem = isFirst || !isInUse(profile) ? profileProblem(profile) : null
if (problem !== null) {
  void import('./shell/profile-folder/window').then(({ showProfileProblem }) => showProfileProblem(app, problem))
} else if (isFirst) {
  void app.whenReady().then(async () => {
    // Loaded here and not above: the lock is decided and a second start is over before anything else is read. The rest of
    // main is read when the window asks something: its page, which main serves, would have to wait for that.
    const { openFirstWindow } = await import('./shell/first-window')
    const places = { root: join(__dirname, '..'), resources: join(__dirname, '../../resources') }
    const first = await openFirstWindow(places, (scheme) => running?.onRefused(scheme))
    await first.asked
    const { compose } = await import('./compose')
    running = compose(places, first, oauthVariables)
    first.answer()
    running.onArgv(process.argv.slice(1), false)
    for (const argv of early) running.onArgv(argv, true)
  })
} else {
  app.quit()
}
