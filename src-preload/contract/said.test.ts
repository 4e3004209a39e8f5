import fc from 'fast-check'
import { parse, string } from 'valibot'
import { expect, it } from 'vitest'
import { contract } from '.'
import { events } from './events'
import { method } from './method'
import { FailureData } from './outcome'
import { safeTexts, saidText } from './plain-text'

const bad = /[\p{Cc}\p{Surrogate}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u
const badInLines = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/

it.each([
  ['\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x07', 'red link'],
  ['\x1bP1;2|payload\x1b\\a\x1b_apc\x1b\\b\x1b^pm\x9cc\x90x\x9cd\x9b2Je', 'abcde'],
  ['one\n\x1b]0;never ended\ntwo', 'one two'],
  ['\u202egpj.exe\u2066x\u2069\u061c', 'gpj.exex'],
])('says %j plainly', (text, clean) => {
  expect(saidText(text)).toBe(clean)
})

it('says nothing that commands, hides or reorders, and at most 500 characters', () => {
  const parts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('\x1b[', '\x9d', '\u202e', '👩\u200d👧', 'x'.repeat(400)),
  )
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 40 }), (all) => {
      const text = saidText(all.join(''))
      expect(text).not.toMatch(bad)
      expect(text.length).toBeLessThanOrEqual(500)
      const lines = safeTexts({ a: [all.join('\n')] }) as { a: string[] }
      expect(lines.a[0]).not.toMatch(badInLines)
    }),
  )
})

it('lets no method, announcement or failure leave with more, whatever its schema forgets', () => {
  const hostile = `a\x1b[2J\u202eb\n\x9dc${'d'.repeat(10_000)}`
  expect(parse(method(string(), string()).output, hostile)).not.toMatch(badInLines)
  const failure = parse(FailureData, { code: 'unexpected', facts: { said: hostile, '\x1b]x': 'y' } })
  expect(failure.facts).toEqual({ said: saidText(hostile) })
  for (const schema of [
    ...Object.values(contract).flatMap((methods) => Object.values(methods).map(({ output }) => output)),
    ...Object.values(events),
  ]) {
    // Each schema ends with the step that cleans.
    expect((schema as unknown as { pipe?: readonly unknown[] }).pipe?.at(-1)).toMatchObject({
      type: 'transform',
      operation: safeTexts,
    })
  }
})
