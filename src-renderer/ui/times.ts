import { locale } from '../language'
import { lazy } from './lazy'
import { formatCount } from './numbers'
import { timeWords as words } from './time-words'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const absolute = lazy(() => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }))
const dayOnly = lazy(() => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }))
const timeOnly = lazy(() => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }))
const dayAndTime = lazy(
  () => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }),
)
const dayAndYear = lazy(() => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }))

const amount = (span: number): string => {
  if (span < hour) return words.minutes(formatCount(Math.max(1, Math.round(span / minute))))
  if (span < 36 * hour) return words.hours(formatCount(Math.round(span / hour)))
  if (span < 60 * day) return words.days(formatCount(Math.round(span / day)))
  if (span < 730 * day) return words.months(formatCount(Math.round(span / (30.44 * day))))
  return words.years(formatCount(Math.round(span / (365.25 * day))))
}

/** A moment (Unix ms) as seen from `now`: `just now`, `2 min ago`, `in 6 h`, `in 9 d`. */
export const formatRelative = (at: number, now: number): string => {
  const span = at - now
  if (Math.abs(span) < 45_000) return span > 0 ? words.soon : words.justNow
  return span > 0 ? words.ahead(amount(span)) : words.ago(amount(-span))
}

/** Date and time in words, for the hover: `3 March 2026 at 14:05`. */
export const formatAbsolute = (at: number): string => absolute().format(at)

/** The day in words: `3 March`, with the year when it is another one. */
export const formatDay = (at: number, now: number): string =>
  (new Date(at).getFullYear() === new Date(now).getFullYear() ? dayOnly : dayAndYear)().format(at)

/** The time of the day: `14:05`; with the day when that is another one: `4 March at 14:05`. */
export const formatTime = (at: number, now: number): string =>
  (new Date(at).toDateString() === new Date(now).toDateString() ? timeOnly : dayAndTime)().format(at)
