import { translate } from '../../language'
import { german } from './words.de'

/** Words of the sheet of keyboard shortcuts. */
export const english = {
  title: 'Keyboard shortcuts',
  group: 'Help',
  palette: 'Commands, accounts and repositories',
  connect: 'Connect Git Account',
  checkAll: 'Check all accounts',
  repositories: 'Repositories',
  accounts: 'Git Accounts',
  keys: 'SSH keys',
  settings: 'Settings',
  back: 'Back',
  forward: 'Forward',
  close: 'Close a panel or a dialog',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  zoomReset: 'Actual size',
  sheet: 'This sheet',
} as const

export const words = translate(english, german)
