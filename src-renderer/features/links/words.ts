import { translate } from '../../language'
import { german } from './words.de'

/** Words of the question that a link from outside brings. */
export const english = {
  title: 'A link from outside',
  asked: 'A page or a program asks CloudAIPilot to open this repository:',
  careful: 'Go on only if you clicked the link yourself. Nothing has been sent yet.',
  open: 'Open repository',
  cancel: 'Cancel',
  strange: 'A page or a program sent CloudAIPilot this link:',
  nothing: 'CloudAIPilot doesn’t know what it asks for. Nothing was done.',
  close: 'Close',
} as const

export const words = translate(english, german)
