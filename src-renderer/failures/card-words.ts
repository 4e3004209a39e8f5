import { translate } from '../language'
import { german } from './card-words.de'

/** Words around every failure. */
export const english = {
  evidence: 'Evidence',
  copy: 'Copy evidence',
  code: 'code',
} as const

export const cardWords = translate(english, german)
