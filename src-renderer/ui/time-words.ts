import { translate } from '../language'
import { german } from './time-words.de'

/** Words of moments as seen from now. */
export const english = {
  justNow: 'just now',
  soon: 'in a moment',
  ahead: (amount: string) => `in ${amount}`,
  ago: (amount: string) => `${amount} ago`,
  minutes: (count: string) => `${count} min`,
  hours: (count: string) => `${count} h`,
  days: (count: string) => `${count} d`,
  months: (count: string) => `${count} months`,
  years: (count: string) => `${count} years`,
} as const

export const timeWords = translate(english, german)
