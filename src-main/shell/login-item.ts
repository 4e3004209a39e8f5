import { mkdir, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { App } from 'electron'
import { writeAutostartEntry } from './desktop-entry'
import { startCommand } from './scheme-owner'

/** With this switch the app starts into the tray. */
export const hiddenSwitch = 'hidden'

/**
 * Starts the app with the person's session, hidden, or no longer. On Linux by a desktop entry in the autostart folder
 * (freedesktop.org, Desktop Application Autostart Specification); elsewhere the system keeps the list.
 */
export const setStartAtLogin = async (app: App, start: boolean): Promise<void> => {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: start, args: [`--${hiddenSwitch}`] })
    return
  }
  const folder = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart')
  const file = join(folder, 'cloudaipilot.desktop')
  if (!start) return rm(file, { force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(file, writeAutostartEntry('CloudAIPilot', [...startCommand(app), `--${hiddenSwitch}`]))
}
