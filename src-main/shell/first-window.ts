import { join } from 'node:path'
import { app, ipcMain, session } from 'electron'
import { opened } from '../../src-preload/opened'
import { serveApp } from './app-protocol'
import { denyPermissions, harden } from './hardening'
import { readLanguage } from './language'
import { hiddenSwitch } from './login-item'
import { type OpenedWindow, openWindow } from './window'

/** Where the parts of the built app are. */
export interface Places {
  /** Folder with `main`, `preload` and `renderer`. */
  readonly root: string
  readonly resources: string
}

/** The first window, opened before the rest of the app is even read: its process starts meanwhile. */
export interface FirstWindow {
  /** Null when the app starts hidden. */
  readonly window: OpenedWindow | null
  /** Path of what runs in the page before its own scripts. */
  readonly preload: string
  readonly icon: string
  /** Resolves when its page is there, or will not be. */
  readonly loaded: Promise<void>
  /** From now on questions of windows are answered; those that came before have waited. */
  answer(): void
}

/** @param refused told the scheme of a navigation that was refused */
export const openFirstWindow = ({ root, resources }: Places, refused: (scheme: string) => void): FirstWindow => {
  harden(app, refused)
  denyPermissions(session.defaultSession)
  serveApp(session.defaultSession, join(root, 'renderer'), () => readLanguage(app))
  const preload = join(root, 'preload', 'index.cjs')
  const icon = join(resources, 'icons', '256x256.png')
  const hidden = app.commandLine.hasSwitch(hiddenSwitch)
  let answer = () => {}
  const answering = new Promise<void>((resolve) => {
    answer = resolve
  })
  ipcMain.handle(opened, () => answering)
  const window = hidden ? null : openWindow({ preload, icon, developerTools: !app.isPackaged })
  return { window, preload, icon, loaded: window?.loaded ?? Promise.resolve(), answer }
}
