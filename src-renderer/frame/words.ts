import { translate } from '../language'
import { german } from './words.de'

/** Words of the frame around every screen. */
export const english = {
  navigation: 'Main',
  settings: 'Settings',
  path: 'Where you are',
  general: 'General settings',
  about: 'About CloudAIPilot',
  accounts: 'Git Accounts',
  search: 'Search',
} as const

export const words = translate(english, german)
