import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Secret } from '../credentials/secret'
import { cleanLine } from './redact'

const cases: readonly [text: string, clean: string][] = [
  ['remote: \x1b[31mred\x1b[0m text', 'remote: red text'],
  ['a\x1b]0;title\x07b\x1b]8;;https://evil.example\x1b\\c', 'abc'],
  ['one\x9b2Jtwo\u202ethree\u200bfour\x07', 'onetwothreefour'],
  ["fatal: unable to access 'https://me:pw@example.com/o/r/'", "fatal: unable to access 'https://example.com/o/r/'"],
  ['https://token@example.com/o/r', 'https://example.com/o/r'],
  ['https://me:p@ss@example.com/o/r', 'https://example.com/o/r'],
  ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Authorization: Basic [secret]'],
  ['see /x?private_token=abc&y=1', 'see /x?private_token=[secret]&y=1'],
  [`your token ghp_${'a1'.repeat(18)} has expired`, 'your token [secret] has expired'],
  ['Permission denied (publickey).', 'Permission denied (publickey).'],
  ['git@example.com: Permission denied', 'git@example.com: Permission denied'],
]

it.each(cases)('cleans %j', (text, clean) => {
  expect(cleanLine(text)).toBe(clean)
})

it('cuts known secrets out, plain, in base64 and percent-encoded', () => {
  const secret = new Secret('s3cret/+value')
  const text = `a s3cret/+value b ${Buffer.from('s3cret/+value').toString('base64')} c s3cret%2F%2Bvalue d`
  expect(cleanLine(text, [secret])).toBe('a [secret] b [secret] c [secret] d')
})

it('leaves no control character of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(cleanLine(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u)
      expect(cleanLine(text).length).toBeLessThanOrEqual(500)
    }),
    { numRuns: 2000 },
  )
})
