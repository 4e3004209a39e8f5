import { join } from 'node:path'
import { Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme, Tray } from 'electron'
import { type TrayAction, type TrayFacts, type TrayItem, type TrayState, trayMenu, trayState } from './tray-menu'

/** The icon beside the clock. */
export interface TrayIcon {
  /** Draws icon and menu again from new facts. */
  update(facts: TrayFacts): void
  destroy(): void
}

/** macOS colours template images by itself; elsewhere the theme decides. */
const image = (folder: string, state: TrayState) => {
  const name =
    process.platform === 'darwin'
      ? `${state}Template.png`
      : `${nativeTheme.shouldUseDarkColors ? 'dark' : 'light'}-${state}.png`
  return nativeImage.createFromPath(join(folder, name))
}

const template = (items: readonly TrayItem[], run: (action: TrayAction) => void): MenuItemConstructorOptions[] =>
  items.map((item) => menuItem(item, run))

const menuItem = (item: TrayItem, run: (action: TrayAction) => void): MenuItemConstructorOptions => {
  switch (item.kind) {
    case 'line':
      return { type: 'separator' }
    case 'label':
      return { label: item.text, enabled: false }
    case 'item':
      return { label: item.text, click: () => run(item.action) }
    case 'menu':
      return { label: item.text, submenu: template(item.items, run) }
  }
}

/**
 * Puts the icon up, or returns null where the desktop has no place for one: the app is complete without it.
 * @param folder holds the PNG images, with `@2x` twins.
 */
export const createTray = (folder: string, facts: TrayFacts, run: (action: TrayAction) => void): TrayIcon | null => {
  let tray: Tray
  try {
    tray = new Tray(image(folder, trayState(facts.accounts)))
  } catch {
    return null
  }
  let current = facts
  const draw = () => {
    const state = trayState(current.accounts)
    tray.setImage(image(folder, state))
    tray.setToolTip(current.words.titles[state])
    tray.setContextMenu(Menu.buildFromTemplate(template(trayMenu(current), run)))
  }
  draw()
  nativeTheme.on('updated', draw)
  tray.on('click', () => run({ do: 'go', to: '' }))
  return {
    update: (next) => {
      current = next
      draw()
    },
    destroy: () => {
      nativeTheme.off('updated', draw)
      tray.destroy()
    },
  }
}
