import { join } from 'node:path'
import { app, type BrowserWindow, ipcMain, nativeTheme, session } from 'electron'
import { opened } from '../../src-preload/opened'
import { serveApp } from './app-protocol'
import { languageHere, readFirstRows, readLook } from './first-look'
import { denyPermissions, harden } from './hardening'
import { hiddenSwitch } from './login-item'
import { takeOffline } from './offline-session'
import { openWindow } from './window'

/** Where the parts of the built app are. */
export interface Places {
  /** Folder with `main`, `preload` and `renderer`. */
  readonly root: string
  readonly resources: string
}

/** The first window, opened before the rest of the app is even read: its process starts meanwhile. */
export interface FirstWindow {
  /** Null when the app starts hidden. */
  readonly window: BrowserWindow | null
  /** Path of what runs in the page before its own scripts. */
  readonly preload: string
  readonly icon: string
  /** Resolves when it has a question, or should have had one by now. Until then its page is served and nothing else done. */
  readonly asked: Promise<void>
  /** From now on questions of windows are answered; those that came before have waited. */
  answer(): void
}

/** Milliseconds after which a page that asks nothing no longer holds up the rest of the app. */
const patience = 3000

/** @param refused told the scheme of a navigation that was refused */
export const openFirstWindow = async (
  { root, resources }: Places,
  refused: (scheme: string) => void,
): Promise<FirstWindow> => {
  harden(app, refused)
  denyPermissions(session.defaultSession)
  const folder = app.getPath('userData')
  const hidden = app.commandLine.hasSwitch(hiddenSwitch)
  const [look] = await Promise.all([readLook(folder), takeOffline(session.defaultSession)])
  // Before the window is there, so that it never flashes in the other colour.
  nativeTheme.themeSource = look.appearance
  // A page that comes later asks for what is true by then.
  let first = !hidden
  serveApp(session.defaultSession, join(root, 'renderer'), async () => {
    const isFirst = first
    first = false
    return {
      language: languageHere(app, (isFirst ? look : await readLook(folder)).language),
      dark: nativeTheme.shouldUseDarkColors,
      firstRows: isFirst ? await readFirstRows(folder) : null,
    }
  })
  const preload = join(root, 'preload', 'index.cjs')
  const icon = join(resources, 'icons', '256x256.png')
  let answer = () => {}
  const answering = new Promise<void>((resolve) => {
    answer = resolve
  })
  const asked = new Promise<void>((resolve) => {
    ipcMain.handle(opened, () => {
      resolve()
      return answering
    })
    setTimeout(resolve, hidden ? 0 : patience)
  })
  const window = hidden ? null : openWindow({ preload, icon, place: look.place, developerTools: !app.isPackaged })
  return { window, preload, icon, asked, answer }
}
