import type { Translated } from '../../src-preload/contract/language'
import type { english } from './time-words'

export const german: Translated<typeof english> = {
  justNow: 'gerade eben',
  soon: 'gleich',
  ahead: (amount) => `in ${amount}`,
  ago: (amount) => `vor ${amount}`,
  minutes: (count) => `${count} Min.`,
  hours: (count) => `${count} Std.`,
  days: (count) => `${count} Tagen`,
  months: (count) => `${count} Monaten`,
  years: (count) => `${count} Jahren`,
}
