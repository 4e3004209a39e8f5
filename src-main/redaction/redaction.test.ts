import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedaction } from './redaction'

/** Secrets with everything that an encoding may trip over. */
const secrets = fc
  .string({
    unit: fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom(...'%25\\u"/+ =é😀\n')),
    minLength: 8,
    maxLength: 60,
  })
  .filter((value) => value.trim().length >= 8 && !/^-----|\n/.test(value) && value === value.trim())
const contexts = fc.string({ maxLength: 20 })

const percent = (character: string, upper: boolean) =>
  [...Buffer.from(character)]
    .map((byte) => `%${upper ? byte.toString(16).padStart(2, '0').toUpperCase() : byte.toString(16).padStart(2, '0')}`)
    .join('')
const json = (character: string, upper: boolean) => {
  const short = JSON.stringify(character).slice(1, -1)
  if (short !== character && upper) return short
  return [...Array(character.length).keys()]
    .map((index) => character.charCodeAt(index).toString(16).padStart(4, '0'))
    .map((code) => `\\u${upper ? code.toUpperCase() : code}`)
    .join('')
}
/** Encodes the characters that `which` names, in turn. */
const some = (value: string, which: readonly boolean[], encode: (character: string, upper: boolean) => string) =>
  [...value].map((one, index) => (which[index % which.length] ? encode(one, index % 2 === 0) : one)).join('')
const choices = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 })

const base64 = (value: string, before: string, after: string) => Buffer.from(before + value + after).toString('base64')
const url = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const encodings: readonly [name: string, encode: (value: string, which: readonly boolean[], salt: string) => string][] =
  [
    ['verbatim', (value) => value],
    ['base64 with padding', (value, _, salt) => base64(value, salt, '')],
    ['base64 without padding', (value, _, salt) => base64(value, salt, '').replaceAll('=', '')],
    ['base64 with neighbours', (value, _, salt) => base64(value, salt, salt)],
    ['base64url', (value, _, salt) => url(base64(value, salt, salt))],
    ['Basic user:secret', (value, _, salt) => `Basic ${base64(value, `${salt}:`, '')}`],
    ['base64 in an address', (value, _, salt) => encodeURIComponent(base64(value, salt, ''))],
    ['base64 in JSON', (value, _, salt) => base64(value, salt, '').replaceAll('/', '\\/')],
    ['hexadecimal', (value) => Buffer.from(value).toString('hex')],
    ['hexadecimal in capitals', (value) => Buffer.from(value).toString('hex').toUpperCase()],
    ['percent', (value, which) => some(value, which, percent)],
    ['percent twice', (value, which) => some(value, which, percent).replaceAll('%', '%25')],
    ['a form field', (value) => new URLSearchParams([['v', value]]).toString().slice(2)],
    ['JSON escapes', (value, which) => some(value, which, json)],
    ['JSON', (value) => JSON.stringify(value).slice(1, -1)],
    ['base64 in lines', (value, _, salt) => (base64(value, salt, salt).match(/.{1,11}/g) ?? []).join('\r\n  ')],
    [
      'hexadecimal in lines',
      (value) =>
        (
          Buffer.from(value)
            .toString('hex')
            .match(/.{1,7}/g) ?? []
        ).join('\n'),
    ],
    ['JSON in JSON', (value) => JSON.stringify(JSON.stringify(value)).slice(3, -3)],
  ]

describe.each(encodings)('a secret in %s', (_name, encode) => {
  it('is cut out of a whole text and of one in parts', () => {
    fc.assert(
      fc.property(
        secrets,
        choices,
        fc.string({ maxLength: 5 }),
        contexts,
        contexts,
        fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 20 }),
        (secret, which, salt, before, after, sizes) => {
          const encoded = encode(secret, which, salt)
          const text = `${before} ${encoded} ${after}`
          const redaction = createRedaction([secret])
          const whole = redaction.text(text)
          // The salt is no secret; what the secret alone decides stands behind it.
          expect(whole).not.toContain(encoded)
          expect(whole).toContain('[secret]')
          const stream = redaction.stream()
          let given = ''
          for (let at = 0, turn = 0; at < text.length; turn += 1) {
            const size = (sizes[turn % sizes.length] ?? 0) + 1
            given += stream.push(text.slice(at, at + size))
            at += size
          }
          expect(given + stream.end()).toBe(whole)
        },
      ),
      { numRuns: 60 },
    )
  })
})

it('leaves of base64 no character that holds bits of the secret', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 8, maxLength: 40 }).filter((value) => value === value.trim()),
      fc.nat({ max: 5 }),
      (secret, offset) => {
        const salt = 'x'.repeat(offset)
        const text = `a ${base64(secret, salt, '')} b`
        const clean = createRedaction([secret]).text(text)
        const kept = Buffer.from(salt)
          .toString('base64')
          .slice(0, Math.floor((offset * 8) / 6))
        expect(clean).toBe(`a ${kept}[secret] b`)
      },
    ),
  )
})

it('looks for each line of a key, and not for its armour', () => {
  const body = ['b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ', 'AAAAtzc2gtZWQyNTUxOQAAACDyZ0x7']
  const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${body.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`
  const redaction = createRedaction([key], 8)
  expect(redaction.text(`a ${body[1]} b`)).toBe('a [secret] b')
  expect(redaction.text(`a ${Buffer.from(body[0] ?? '').toString('hex')} b`)).toBe('a [secret] b')
  expect(redaction.text('-----BEGIN OPENSSH PRIVATE KEY-----')).toBe('-----BEGIN OPENSSH PRIVATE KEY-----')
  expect(redaction.text(JSON.stringify({ key }))).not.toMatch(/b3Blbn|AAAAtz/)
})

it('leaves texts without a secret as they are', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const redaction = createRedaction(['a long enough secret', '\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}'])
      expect(redaction.text(text)).toBe(text)
      const stream = redaction.stream()
      expect(stream.push(text.slice(0, 7)) + stream.push(text.slice(7)) + stream.end()).toBe(text)
    }),
  )
})

it('ends for a long text that nearly matches everywhere', () => {
  const near = 'a%25\\'
  for (const text of [near.repeat(2_000), 'a'.repeat(400_000)]) {
    expect(createRedaction([`${near.repeat(40)}b`, `${'a'.repeat(100)}b`]).text(text)).toBe(text)
  }
})
