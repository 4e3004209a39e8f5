import { describe, expect, it } from 'vitest'
import { locale } from '../language'
import { initialsOf } from './initials'
import { formatBytes, formatCount, formatDuration, formatNoun, formatTimeLeft } from './numbers'
import { formatAbsolute, formatDay, formatRelative } from './times'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = Date.UTC(2026, 2, 10, 12)

describe('relative times', () => {
  it.each([
    [0, 'just now'],
    [-44_000, 'just now'],
    [30_000, 'in a moment'],
    [-2 * minute, '2 min ago'],
    [59 * minute, 'in 59 min'],
    [6 * hour, 'in 6 h'],
    [35 * hour, 'in 35 h'],
    [9 * day, 'in 9 d'],
    [-59 * day, '59 d ago'],
    [-90 * day, '3 months ago'],
    [-800 * day, '2 years ago'],
  ])('%d ms is %s', (offset, words) => {
    expect(formatRelative(now + offset, now)).toBe(words)
  })

  it('names the day, and the year only when it is another', () => {
    expect(formatDay(Date.UTC(2026, 2, 3), now)).toBe('3 March')
    expect(formatDay(Date.UTC(2025, 2, 3), now)).toBe('3 March 2025')
    expect(formatAbsolute(Date.UTC(2026, 2, 3, 14, 5))).toBe('3 March 2026 at 14:05')
  })
})

describe('numbers', () => {
  it.each([
    [0, '0'],
    [1234567, '1,234,567'],
  ])('%d is %s', (count, words) => expect(formatCount(count)).toBe(words))

  it('separate thousands as the system does', () => {
    const system = new Intl.NumberFormat(locale)
    for (let count = 1; count < 1e15; count = count * 7 + 3) expect(formatCount(count)).toBe(system.format(count))
  })

  it.each([
    [0, '0 apps'],
    [1, '1 app'],
    [1200, '1,200 apps'],
  ])('%d apps', (count, words) => expect(formatNoun(count, 'app')).toBe(words))

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [41_234, '41.2 kB'],
    [12_400_000, '12.4 MB'],
    [3e15, '3,000 TB'],
  ])('%d bytes are %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words))

  it.each([
    [340, '340 ms'],
    [2400, '2.4 s'],
    [185_000, '3 min 5 s'],
    [179_600, '3 min 0 s'],
  ])('%d ms take %s', (span, words) => expect(formatDuration(span)).toBe(words))

  it.each([
    [587_000, '9:47'],
    [59_001, '1:00'],
    [-5, '0:00'],
  ])('%d ms left are %s', (span, words) => expect(formatTimeLeft(span)).toBe(words))
})

describe('initials', () => {
  it.each([
    ['Mona Lisa', 'ML'],
    ['octocat', 'O'],
    ['deploy@acme', 'DA'],
    ['Łukasz Żak', 'ŁŻ'],
    ['𝒜 b', '𝒜B'],
    ['!!!', '?'],
    ['', '?'],
  ])('%s is %s', (name, initials) => expect(initialsOf(name)).toBe(initials))
})
