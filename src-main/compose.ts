import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { app, clipboard, nativeTheme, powerMonitor, safeStorage, session, shell } from 'electron'
import { contract } from '../src-preload/contract'
import { systemClock } from './clock'
import { connectFeatures } from './connect-features'
import { selfTestAddress } from './deep-link/address'
import { deepLinkFromArgv } from './deep-link/from-argv'
import { createAnnounce } from './ipc/announce'
import { serve } from './ipc/serve'
import { createLog } from './log/log'
import { keepRecent } from './log/recent'
import { createInFront } from './one-dialog'
import { openStores } from './open-stores'
import { setAppMenu } from './shell/app-menu'
import { followChildProcesses } from './shell/child-processes'
import { createConsentWindow } from './shell/consent-window'
import { askAfterCrash } from './shell/crash-box'
import { createCrashedPage } from './shell/crashed-page'
import { createDeepLinkSelfTest } from './shell/deep-link-self-test'
import { createDemo } from './shell/demo'
import { createDialogs } from './shell/dialogs'
import { languageHere } from './shell/first-look'
import type { FirstWindow, Places } from './shell/first-window'
import { startKeychainProcess } from './shell/keychain-child'
import { killAfter } from './shell/kill-after'
import { setStartAtLogin } from './shell/login-item'
import { inNodeTurn } from './shell/node-turn'
import { accountNotices, createNotifier, deployNotices, inTrayNotice } from './shell/notifications'
import { createOpenPage } from './shell/open-page'
import { createPageClipboard } from './shell/page-clipboard'
import { createQuit } from './shell/quit'
import { createSchemeOwner } from './shell/scheme-owner'
import { createSecretClipboard } from './shell/secret-clipboard'
import { readSystemInfo } from './shell/system-info'
import { createProxyFor } from './shell/system-proxy'
import { gitHelpers } from './shell/terminal'
import { createTrayDesk } from './shell/tray-desk'
import { createTrayHost, hasTrayHost } from './shell/tray-host'
import { createUpdater } from './shell/updater'
import { createWindowHost } from './shell/window-host'
import { createWishedPlace } from './shell/wished-place'
import { wordsIn } from './shell/words'
import { terminalSwitch } from './terminal/command-line'
import { openDoor } from './terminal/door'

/** Milliseconds that what can wait waits for the first screen at most. */
const longest = 5000

/** Ms that the session bus has to tell, after the last window was closed, whether there is a tray to stay in. */
const trayLimitMs = 1000

/** The running app, as its entry uses it. */
export interface Running {
  /** The first start's arguments, or those of a second start, which asks for the window. */
  onArgv(argv: readonly string[], again: boolean): void
  /** A navigation of a page was refused. */
  onRefused(scheme: string): void
}

/**
 * Builds the app around its first window. This is the only place that knows every part. The window's process has been
 * starting meanwhile; it is answered as soon as this returns.
 */
export const compose = (
  { root, resources }: Places,
  first: FirstWindow,
  oauthVariables: Record<string, string>,
): Running => {
  // Garbage is collected when the heap has doubled, and not when it has grown to the fourfold: reading long lists takes half
  // of the memory, in the same time.
  setFlagsFromString('--heap-growing-percent=100')
  const children = followChildProcesses()
  const folder = app.getPath('userData')
  const log = keepRecent(createLog({ file: join(folder, 'logs', 'main.log'), print: !app.isPackaged }), systemClock.now)
  // Files are read before there is anybody to tell that one was damaged.
  const restored: string[] = []
  const stores = openStores(folder, log, (detail) => restored.push(detail))
  // The first window has it from the file; one that was damaged has come back from its copy by now.
  nativeTheme.themeSource = stores.settings.read().appearance
  let language = languageHere(app, stores.settings.read().language)
  let words = wordsIn(language)
  const { icon } = first
  const hidden = first.window === null
  const host = createWindowHost({
    preload: first.preload,
    icon,
    first: first.window,
    place: () => stores.place.read(),
    onPlace: (place) =>
      void stores.place
        .update(() => place)
        .catch((error: unknown) => log.warn('The window’s place was not kept', { error })),
    onCrash: (reason) => crashed(reason),
  })
  const crashed = createCrashedPage({
    reload: host.reload,
    ask: () => askAfterCrash(app, words.crash, join(folder, 'logs', 'main.log')),
    log,
    now: systemClock.now,
  })
  const announce = createAnnounce(host.contents)
  const place = createWishedPlace(announce)
  const go = (to: string, from: 'menu' | 'tray' | 'deep-link') => {
    host.show()
    place.wish(to, from)
  }
  const selfTest = createDeepLinkSelfTest((nonce) => shell.openExternal(selfTestAddress(nonce)), systemClock)
  const trayHost = createTrayHost(hasTrayHost, systemClock)
  const demo = createDemo(app.isPackaged ? undefined : process.env.CLOUDAIPILOT_DEMO, children.release)
  const secrets = createSecretClipboard(clipboard, systemClock)
  const fromPage = createPageClipboard(() => host.window()?.isFocused() === true, systemClock.now)
  const inFront = createInFront()
  const askInWindow = createConsentWindow({ root, resources, icon, parent: host.window })
  const features = connectFeatures({
    folder,
    root,
    stores,
    oauthVariables,
    log,
    announce,
    clock: systemClock,
    resources: {
      knownHosts: readFileSync(join(resources, 'known_hosts'), 'utf8'),
      providers: JSON.parse(readFileSync(join(resources, 'providers.json'), 'utf8')) as unknown,
    },
    safeStorage,
    startKeychain: startKeychainProcess(join(root, 'main', 'keychain-process.cjs')),
    version: app.getVersion(),
    machine: hostname(),
    proxyFor: createProxyFor(
      // The window's own session has no network. One with the system's proxy is made when it is first needed.
      () => session.fromPartition('system-proxy'),
      () => stores.settings.read().proxy,
      () => process.env,
    ),
    openPage: createOpenPage((url) => shell.openExternal(url), systemClock.now),
    copy: fromPage(async (text) => clipboard.writeText(text)),
    copySecret: fromPage(async (text) => {
      await secrets.copy(text)
      return words.clipboard.secretCopied
    }),
    copied: async () => clipboard.readText(),
    dialogs: createDialogs({ window: host.window, words: () => words.dialogs, inFront, now: systemClock.now }),
    showQuestion: (question, judge) => inFront(() => askInWindow(question, judge)),
    language: () => language,
    schemeOwner: createSchemeOwner(app, icon),
    testDeepLinks: selfTest.run,
    showSignIn: () => {
      // Somebody who began in the tray is told how it ends, and the window comes only when it is needed.
      if (!tray.signingIn()) go('/accounts/connect', 'deep-link')
    },
    wishedPlace: place.take,
    systemInfo: (git) => readSystemInfo(app, git, demo.available),
    playDemo: demo.play,
    screenShown: () => begin(),
    hasTray: trayHost.ask,
    gitHelpers: gitHelpers(app),
    lastFailures: log.failures,
  })
  for (const detail of restored) features.notices.add({ kind: 'settings-restored', detail })
  serve(contract, features.handlers, features.consent, log)

  const notifier = createNotifier(
    () => host.window()?.isFocused() === true,
    (to) => go(to, 'tray'),
  )
  const tray = createTrayDesk({
    folder: join(resources, 'tray'),
    features,
    words: () => words,
    copied: async () => clipboard.readText(),
    copy: (text) => clipboard.writeText(text),
    show: host.show,
    go: (to) => go(to, 'tray'),
    tell: notifier.tell,
    quit: () => app.quit(),
  })
  let seen = { accounts: features.accounts(), apps: features.apps() }
  features.onChange(() => {
    tray.update()
    const now = { accounts: features.accounts(), apps: features.apps() }
    const news = [
      ...accountNotices(seen.accounts, now.accounts, words.notices),
      ...deployNotices(seen.apps, now.apps, words.notices),
    ]
    for (const notice of news) notifier.tell(notice)
    seen = now
  })

  const showMenu = () =>
    setAppMenu(
      { go: (to) => go(to, 'menu'), checkAll: features.checkAll, openPage: (url) => void shell.openExternal(url) },
      words.menu,
      app.isPackaged,
    )
  let begun = false
  const begin = () => {
    if (begun) return
    begun = true
    showMenu()
    tray.start()
    void trayHost.ask()
    features.start()
  }
  // Started with the session there is no window to wait for. Elsewhere the screen that somebody waits for comes first.
  if (hidden) begin()
  else systemClock.after(longest, begin)
  const lookForUpdates = createUpdater({ app, log, words: () => words.notices, tell: notifier.tell })
  let looking = stores.settings.read().lookForUpdates
  lookForUpdates(looking)
  features.onSettings((settings) => {
    if (settings.lookForUpdates === looking) return
    looking = settings.lookForUpdates
    lookForUpdates(looking)
  })
  features.onSettings((settings) => {
    const wanted = languageHere(app, settings.language)
    if (wanted === language) return
    language = wanted
    words = wordsIn(language)
    showMenu()
    tray.update()
    // A page is written in one language. It is served again, and shows the setting that was changed.
    place.keep('/settings/general')
    host.reload()
  })
  let atLogin = stores.settings.read().startAtLogin
  features.onSettings(({ startAtLogin, appearance }) => {
    nativeTheme.themeSource = appearance
    if (startAtLogin === atLogin) return
    atLogin = startAtLogin
    setStartAtLogin(app, startAtLogin).catch((error: unknown) =>
      log.warn('Starting at login could not be set', { error }),
    )
  })
  powerMonitor.on('resume', features.wake)
  let closeDoor = async () => {}
  openDoor(folder, features.answerTerminal).then(
    (close) => {
      closeDoor = close
    },
    (error: unknown) => log.warn('The terminal can’t ask this app', { error }),
  )

  const quit = createQuit({
    clock: systemClock,
    log,
    killAfter: (limitMs) =>
      children.release(killAfter(limitMs, (error) => log.warn('Nobody watches the end of the app', { error }))),
    work: {
      window: async () => host.leave(),
      door: async () => closeDoor(),
      clipboard: async () => secrets.clear(),
      ...features.ends.work,
    },
    writes: {
      ...features.ends.writes,
      stores: async () => Promise.all(Object.values(stores).map((store) => store.settled())),
    },
    exit: () => {
      children.kill()
      tray.destroy()
      // Not `quit`: a window that does not answer any more, or a listener, could hold that up.
      app.exit(0)
    },
  })
  let quitting = false
  /** When the last window was closed, while it is not clear what comes of that. */
  let closedAt: number | null = null
  const stayWithoutWindow = async () => {
    // Without a tray nobody could bring the window back.
    if (!stores.settings.read().closeToTray || !(await trayHost.askWithin(trayLimitMs))) return app.quit()
    closedAt = null
    if (stores.told.read().inTray) return
    notifier.tell(inTrayNotice(words.notices))
    await stores.told.update((told) => ({ ...told, inTray: true }))
  }
  app.on('window-all-closed', () => {
    if (quitting) return
    closedAt = systemClock.now()
    inNodeTurn(() => {
      stayWithoutWindow().catch((error: unknown) => log.warn('What was said is not kept', { error }))
    })
  })
  app.on('activate', host.show)
  app.on('before-quit', (event) => {
    // What is being written is finished first, however often it is asked: a renewed token must not be lost by quitting.
    event.preventDefault()
    if (quitting) return
    quitting = true
    const elapsedMs = closedAt === null ? 0 : Math.max(0, systemClock.now() - closedAt)
    inNodeTurn(() => quit(elapsedMs))
  })
  // A session that ends, and Ctrl C in a terminal. Electron's own handlers are replaced by those of a library, which end
  // the process at once.
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())

  return {
    onRefused: (scheme) => log.warn('A navigation was refused', { scheme }),
    onArgv: (argv, again) => {
      // Somebody in the terminal has looked whether the app runs, and asks at its door next.
      if (argv.includes(terminalSwitch)) return
      const link = deepLinkFromArgv(argv)
      if (link === null) {
        if (again) host.show()
      } else if (link.kind === 'self-test') {
        selfTest.arrived(link.nonce)
      } else if (link.kind === 'request') {
        go(features.quick.ask(link), 'deep-link')
      } else {
        void features.handleDeepLink(link)
      }
    },
  }
}
