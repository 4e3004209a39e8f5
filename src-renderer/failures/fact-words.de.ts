import type { Translated } from '../../src-preload/contract/language'
import type { english } from './fact-words'

export const german: Translated<typeof english> = {
  provider: 'Der Anbieter',
  host: 'der Host',
  clockOff: (minutes) => `Die Uhr dieses Computers weicht ${minutes} ${minutes === 1 ? 'Minute' : 'Minuten'} ab.`,
}
