import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from 'electron'
import type { Log } from '../log/log'
import type { Notice } from './notifications'
import type { ShellWords } from './words'

/** Hours between two looks, and minutes before the first: nothing of it may slow down a start. */
const hours = 24
const minutes = 5

/** Whether this install was told where updates come from; electron-builder and our own packages leave that file. */
export const knowsUpdates = (app: App): boolean =>
  app.isPackaged && existsSync(join(process.resourcesPath, 'app-update.yml'))

/** What the updater needs from the shell. */
export interface UpdaterParts {
  readonly app: App
  readonly log: Log
  /** Milliseconds before the first look. */
  readonly delay?: number
  readonly words: () => ShellWords['notices']
  readonly tell: (notice: Notice) => void
}

/**
 * Looks for a newer release while it is switched on. Windows and macOS check who signed it (electron-updater: the same
 * publisher, the same team) and install it when the app is quit. On Linux nobody signs a package's file, so nothing is
 * fetched there: the person is told, and updates as they installed. An older release is never taken.
 * @returns what switches it on or off
 */
export const createUpdater = ({
  app,
  log,
  delay = minutes * 60_000,
  words,
  tell,
}: UpdaterParts): ((on: boolean) => void) => {
  let timer: NodeJS.Timeout | undefined
  const look = async (): Promise<void> => {
    const { autoUpdater } = await import('electron-updater')
    autoUpdater.logger = null
    autoUpdater.autoDownload = process.platform !== 'linux'
    autoUpdater.autoInstallOnAppQuit = process.platform !== 'linux'
    autoUpdater.allowDowngrade = false
    autoUpdater.allowPrerelease = false
    autoUpdater.disableWebInstaller = true
    // What fails is also thrown by the check; an event that nobody hears would end the app.
    autoUpdater.removeAllListeners('error').on('error', () => undefined)
    const found = await autoUpdater.checkForUpdates()
    if (found?.isUpdateAvailable !== true) return
    // It comes from the network and goes to the screen.
    const version = /^[\w.+-]{1,40}$/.exec(found.updateInfo.version)?.[0]
    if (version === undefined) return
    tell({
      key: 'update',
      title: words().update(version),
      body: process.platform === 'linux' ? words().updateByHand : words().updateAtQuit,
      to: '/settings/general',
    })
    await found.downloadPromise
  }
  const turn = () => {
    look().catch((error: unknown) => log.warn('Updates could not be looked for', { error }))
    timer = setTimeout(turn, hours * 3_600_000)
    timer.unref()
  }
  return (on) => {
    clearTimeout(timer)
    if (!on || !knowsUpdates(app)) return
    timer = setTimeout(turn, delay)
    timer.unref()
  }
}
