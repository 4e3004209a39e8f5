import { language, locale } from '../language'
import { lazy } from './lazy'

/** Between thousands. The first screen has counts, and there the system's own formats would take as long as all its rows. */
const separator = { en: ',', de: '.' }[language]

// Made when it is first needed, which takes a while.
const sizes = lazy(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }))

/** A count, a whole number, with separators: `12,345`. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, separator)

/** A count with its noun: `1 app`, `3 apps`. */
export const formatNoun = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** Bytes as people read them, in powers of 1,000: `812 B`, `41.2 kB`, `12.4 MB`. */
export const formatBytes = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${sizes().format(bytes / 1000 ** power)} ${units[power]}`
}

/** How long something took, from milliseconds: `340 ms`, `2.4 s`, `3 min 5 s`. */
export const formatDuration = (milliseconds: number): string => {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  const seconds = milliseconds / 1000
  if (seconds < 59.95) return `${sizes().format(seconds)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** Time left as a clock, from milliseconds: `9:58`; never below `0:00`. */
export const formatTimeLeft = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
