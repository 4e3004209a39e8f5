import { translate } from '../language'
import { german } from './fact-words.de'

/** Words for facts that a failure does not say. */
export const english = {
  /** Starts a sentence. */
  provider: 'The provider',
  /** Stands inside a sentence. */
  host: 'the host',
  clockOff: (minutes: number) =>
    `The clock of this computer is ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} off.`,
} as const

export const factWords = translate(english, german)
