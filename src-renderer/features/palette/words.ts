import { translate } from '../../language'
import { german } from './words.de'

/** Words of the command palette. */
export const english = {
  title: 'Commands',
  placeholder: 'Type a command, an account or a repository',
  nothing: 'Nothing fits.',
  open: 'Search',
  repositories: 'Repositories',
  clipboard: 'From the clipboard',
  goTo: 'Go to',
} as const

export const words = translate(english, german)
