import type { Language } from '../../../src-preload/contract/language'
import { german } from './words.de'

/** Words of the window that says why the app can't start on its folder. */
export const english = {
  title: 'CloudAIPilot can’t use its folder',
  reasons: {
    'read-only': 'The disk that it lies on can only be read.',
    full: 'There is no room left on its disk, or your share of it is used up.',
    denied: 'You may not read or write there. It may belong to another user, for instance after a start with sudo.',
    'no-folder': 'There is a file where a folder has to be.',
    'no-file': 'It is no file that the app could have written there.',
    broken: 'The system could not read or write there.',
  },
  actions: {
    'read-only': 'Make the disk writable, or move the folder to another one. Then start CloudAIPilot again.',
    full: 'Free some space. Then start CloudAIPilot again.',
    denied: 'Take it over, or give yourself the right to read and write there. Then start CloudAIPilot again.',
    'no-folder': 'Move that file away. Then start CloudAIPilot again.',
    'no-file': 'Move it away. Then start CloudAIPilot again.',
    broken: 'Check the disk. Then start CloudAIPilot again.',
  },
  untouched: 'Nothing in it was changed.',
  quit: 'Quit',
} as const

/** @see english */
export const profileWords = (language: Language) => (language === 'de' ? german : english)
