import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plainText } from './plain-text'

it.each([
  ['a\u0000b\u001b[31mc\u007f\u0085', 'ab[31mc'],
  ['evil\u202egpj.exe', 'evilgpj.exe'],
  ['\u2066left\u2069 \u200fright\u200e', 'left right'],
  ['zero\u200bwidth\ufeff', 'zerowidth'],
  ['two\r\nlines\tand tabs', 'two lines and tabs'],
  ['🦊 family 👩\u200d👩\u200d👧', '🦊 family 👩\u200d👩\u200d👧'],
  ['half \ud83e', 'half \ufffd'],
  ['tag\u{e0041}\u{e0042}', 'tag'],
])('makes %j safe', (text, expected) => {
  expect(plainText(text, 100)).toBe(expected)
})

it('cuts long text without splitting a letter', () => {
  expect(plainText('🦊🦊🦊', 4)).toBe('🦊…')
  expect(plainText('abcdef', 6)).toBe('abcdef')
  expect(plainText('abcdefg', 6)).toBe('abcde…')
})

it('leaves nothing that hides or reorders, and changes nothing a second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.integer({ min: 2, max: 60 }), (text, limit) => {
      const safe = plainText(text, limit)
      expect(safe.length).toBeLessThanOrEqual(limit)
      expect(safe).not.toMatch(/[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069\u200e\u200f]/u)
      expect(plainText(safe, limit)).toBe(safe)
    }),
  )
})
