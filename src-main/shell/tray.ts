import { join } from 'node:path'
import { Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme, Tray } from 'electron'
import { type TrayAction, type TrayFacts, type TrayItem, type TrayState, trayMenu, trayState } from './tray-menu'

/** The icon beside the clock. */
export interface TrayIcon {
  /** Draws icon and menu again from what is true now. */
  update(): void
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

/** What a tray works with. */
export interface TrayParts {
  /** Holds the PNG images, with `@2x` twins. */
  readonly folder: string
  readonly facts: () => TrayFacts
  /** Called when the menu, or on Linux a submenu of it, opens: some facts are looked up only then. */
  readonly opening: () => Promise<void>
  readonly run: (action: TrayAction) => void
}

/** Puts the icon up, or returns null where the desktop has no place for one: the app is complete without it. */
export const createTray = ({ folder, facts, opening, run }: TrayParts): TrayIcon | null => {
  let tray: Tray
  try {
    tray = new Tray(image(folder, trayState(facts().accounts)))
  } catch {
    return null
  }
  let shown = ''
  /** On Linux the desktop holds a copy of the menu, which is replaced when it has become another. */
  const hand = () => {
    const items = trayMenu(facts())
    const now = JSON.stringify(items)
    if (now === shown) return
    shown = now
    const menu = Menu.buildFromTemplate(template(items, run))
    // Chromium tells of a submenu that is opened on the desktop, and not of the menu itself (com.canonical.dbusmenu).
    for (const [index, item] of items.entries()) {
      if (item.kind !== 'menu' || item.looksUp !== true) continue
      menu.items[index]?.submenu?.on('menu-will-show', () => void opening().then(hand))
    }
    tray.setContextMenu(menu)
  }
  const draw = () => {
    const { accounts, words } = facts()
    const state = trayState(accounts)
    tray.setImage(image(folder, state))
    tray.setToolTip(words.titles[state])
    if (process.platform === 'linux') hand()
  }
  draw()
  nativeTheme.on('updated', draw)
  const popUp = async () => {
    await opening()
    tray.popUpContextMenu(Menu.buildFromTemplate(template(trayMenu(facts()), run)))
  }
  // A click opens the app, as its desktop expects; on macOS it opens the menu.
  tray.on('click', () => (process.platform === 'darwin' ? void popUp() : run({ do: 'go', to: '' })))
  if (process.platform !== 'linux') tray.on('right-click', () => void popUp())
  return {
    update: draw,
    destroy: () => {
      nativeTheme.off('updated', draw)
      tray.destroy()
    },
  }
}
