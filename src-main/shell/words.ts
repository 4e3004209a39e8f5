import type { AccountState } from '../../src-preload/contract/entities/account'
import type { Language } from '../../src-preload/contract/language'
import { german } from './words.de'

/** Words of what the desktop shows of this app: tray, menu bar, notifications and its own dialogs. */
export const english = {
  tray: {
    titles: {
      fine: 'CloudAIPilot',
      attention: 'CloudAIPilot: an account needs attention',
      offline: 'CloudAIPilot: no account is reachable',
    },
    states: {
      connected: 'Connected',
      'needs-attention': 'Needs attention',
      expired: 'Expired',
      revoked: 'Revoked',
      unreachable: 'Unreachable',
      waiting: 'Waiting for the keychain',
      checking: 'Checking',
    } satisfies Record<AccountState, string>,
    look: 'Look at it',
    reconnect: 'Reconnect',
    checkAgain: 'Check again',
    showAccount: 'Show account',
    daysLeft: (name: string, days: number) => `${name}: ${days} ${days === 1 ? 'day' : 'days'} left`,
    open: 'Open CloudAIPilot',
    connect: 'Connect Git Account',
    more: (count: number) => `${count} more…`,
    expiresSoon: 'Expires soon',
    copyKey: 'Copy SSH public key',
    checkAll: 'Check all',
    settings: 'Settings',
    quit: 'Quit CloudAIPilot',
  },
  menu: {
    file: '&File',
    connect: 'Connect Git Account…',
    checkAll: 'Check All Accounts',
    settings: 'Settings',
    close: 'Close Window',
    quit: 'Quit',
    edit: '&Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    delete: 'Delete',
    selectAll: 'Select All',
    view: '&View',
    repositories: 'Repositories',
    accounts: 'Git Accounts',
    keys: 'SSH Keys',
    actualSize: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Toggle Full Screen',
    developerTools: 'Toggle Developer Tools',
    window: '&Window',
    minimize: 'Minimize',
    help: '&Help',
    eachProvider: 'Connect Each Provider',
    about: 'About CloudAIPilot',
    hide: 'Hide CloudAIPilot',
    hideOthers: 'Hide Others',
    showAll: 'Show All',
    services: 'Services',
  },
  notices: {
    expired: 'Its sign-in has expired. Reconnect it to keep its apps deploying.',
    revoked: 'Its access was revoked. Reconnect it to keep its apps deploying.',
    partly: 'It works only in part. Open it to see why.',
    one: (name: string) => `${name} needs attention`,
    several: (count: number) => `${count} git accounts need attention`,
    update: (version: string) => `CloudAIPilot ${version} is available`,
    updateByHand: 'Install it as you installed this one.',
    updateAtQuit: 'It is installed when you quit.',
  },
  dialogs: {
    chooseFolder: 'Choose an empty folder',
    cloneHere: 'Clone here',
    chooseKey: 'Choose a private key',
  },
} as const

/** The shell's words in a language, which can change while the app runs. */
export const wordsIn = (language: Language) => (language === 'de' ? german : english)
export type ShellWords = ReturnType<typeof wordsIn>
