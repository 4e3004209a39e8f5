import { Menu, type MenuItemConstructorOptions } from 'electron'

/** What the menu bar does beside the system's own roles. */
export interface MenuDeeds {
  /** Goes to a place in the window. */
  readonly go: (to: string) => void
  readonly checkAll: () => void
  readonly openPage: (url: string) => void
}

/** Where the project lives. */
const home = 'https://github.com/cloudaipilot/cloudaipilot-desktop'

/** The menu bar as data. Developer tools are left out of packaged builds. */
export const appMenu = (
  deeds: MenuDeeds,
  { platform, packaged }: { readonly platform: NodeJS.Platform; readonly packaged: boolean },
): readonly MenuItemConstructorOptions[] => {
  const mac = platform === 'darwin'
  const place = (label: string, to: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => deeds.go(to),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  return [
    ...(mac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        place('Connect Git Account…', '/accounts/connect', 'CmdOrCtrl+N'),
        { label: 'Check All Accounts', accelerator: 'CmdOrCtrl+Shift+R', click: deeds.checkAll },
        { type: 'separator' },
        place('Settings', '/settings/general', 'CmdOrCtrl+,'),
        { type: 'separator' },
        { role: 'close' },
        ...(mac ? [] : [{ role: 'quit' } satisfies MenuItemConstructorOptions]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        place('Repositories', '/repositories', 'CmdOrCtrl+1'),
        place('Git Accounts', '/accounts', 'CmdOrCtrl+2'),
        place('SSH Keys', '/ssh-keys', 'CmdOrCtrl+3'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(packaged
          ? []
          : ([{ type: 'separator' }, { role: 'toggleDevTools' }] satisfies MenuItemConstructorOptions[])),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Connect Each Provider', click: () => deeds.openPage(`${home}/blob/main/docs/providers.md`) },
        place('About CloudAIPilot', '/settings/general#about'),
      ],
    },
  ]
}

/** Puts the menu bar up. */
export const setAppMenu = (deeds: MenuDeeds, packaged: boolean): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate([...appMenu(deeds, { platform: process.platform, packaged })]))
