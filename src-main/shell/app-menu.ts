import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { ShellWords } from './words'

/** What the menu bar does beside the system's own roles. */
export interface MenuDeeds {
  /** Goes to a place in the window. */
  readonly go: (to: string) => void
  readonly checkAll: () => void
  readonly openPage: (url: string) => void
}

/** Where the project lives. */
const home = 'https://github.com/cloudaipilot/cloudaipilot-desktop'

const line: MenuItemConstructorOptions = { type: 'separator' }

/** The menu that macOS names after the app. The system's roles bring English words of their own, so each gets ours. */
const ownMenu = (words: ShellWords['menu']): MenuItemConstructorOptions => ({
  role: 'appMenu',
  submenu: [
    { role: 'about', label: words.about },
    line,
    { role: 'services', label: words.services },
    line,
    { role: 'hide', label: words.hide },
    { role: 'hideOthers', label: words.hideOthers },
    { role: 'unhide', label: words.showAll },
    line,
    { role: 'quit', label: words.quit },
  ],
})

const editMenu = (words: ShellWords['menu']): MenuItemConstructorOptions => ({
  role: 'editMenu',
  label: words.edit,
  submenu: [
    { role: 'undo', label: words.undo },
    { role: 'redo', label: words.redo },
    line,
    { role: 'cut', label: words.cut },
    { role: 'copy', label: words.copy },
    { role: 'paste', label: words.paste },
    { role: 'delete', label: words.delete },
    line,
    { role: 'selectAll', label: words.selectAll },
  ],
})

/** The menu bar as data. Developer tools are left out of packaged builds. */
export const appMenu = (
  deeds: MenuDeeds,
  words: ShellWords['menu'],
  { platform, packaged }: { readonly platform: NodeJS.Platform; readonly packaged: boolean },
): readonly MenuItemConstructorOptions[] => {
  const mac = platform === 'darwin'
  const place = (label: string, to: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => deeds.go(to),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  return [
    ...(mac ? [ownMenu(words)] : []),
    {
      label: words.file,
      submenu: [
        place(words.connect, '/accounts/connect', 'CmdOrCtrl+N'),
        { label: words.checkAll, accelerator: 'CmdOrCtrl+Shift+R', click: deeds.checkAll },
        line,
        place(words.settings, '/settings/general', 'CmdOrCtrl+,'),
        line,
        { role: 'close', label: words.close },
        ...(mac ? [] : [{ role: 'quit', label: words.quit } satisfies MenuItemConstructorOptions]),
      ],
    },
    editMenu(words),
    {
      label: words.view,
      submenu: [
        place(words.repositories, '/repositories', 'CmdOrCtrl+1'),
        place(words.accounts, '/accounts', 'CmdOrCtrl+2'),
        place(words.keys, '/ssh-keys', 'CmdOrCtrl+3'),
        line,
        { role: 'resetZoom', label: words.actualSize },
        { role: 'zoomIn', label: words.zoomIn },
        { role: 'zoomOut', label: words.zoomOut },
        { role: 'togglefullscreen', label: words.fullScreen },
        ...(packaged
          ? []
          : ([line, { role: 'toggleDevTools', label: words.developerTools }] satisfies MenuItemConstructorOptions[])),
      ],
    },
    {
      role: 'windowMenu',
      label: words.window,
      submenu: [
        { role: 'minimize', label: words.minimize },
        { role: 'close', label: words.close },
      ],
    },
    {
      role: 'help',
      label: words.help,
      submenu: [
        place(words.shortcuts, '/shortcuts', 'CmdOrCtrl+/'),
        { label: words.eachProvider, click: () => deeds.openPage(`${home}/blob/main/docs/providers.md`) },
        place(words.about, '/settings/general#about'),
      ],
    },
  ]
}

/** Puts the menu bar up. */
export const setAppMenu = (deeds: MenuDeeds, words: ShellWords['menu'], packaged: boolean): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate([...appMenu(deeds, words, { platform: process.platform, packaged })]))
