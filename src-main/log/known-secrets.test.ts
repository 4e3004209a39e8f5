import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createKnownValues } from '../credentials/known-values'
import { Secret } from '../credentials/secret'
import { createKnownSecrets } from './known-secrets'
import { createLog } from './log'
import { keepRecent } from './recent'
import { redactText } from './redact'

const folder = mkdtempSync(join(tmpdir(), 'known-secrets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** No pattern knows this one. */
const token = 'Kuh9~plain/Token+7'

const encodings: readonly (readonly [string, (value: string) => string])[] = [
  ['as it is', (value) => value],
  ...[0, 1, 2].map((offset) => {
    const before = 'x'.repeat(offset)
    return [`base64 at ${offset}`, (value: string) => Buffer.from(`${before}${value}`).toString('base64')] as const
  }),
  ['base64url', (value) => Buffer.from(`u:${value}`).toString('base64url')],
  ['hex', (value) => Buffer.from(value).toString('hex').toUpperCase()],
  ['percent', (value) => [...Buffer.from(value)].map((byte) => `%${byte.toString(16)}`).join('')],
  ['JSON', (value) => [...value].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')],
]

/** Whether some of the value's own characters are left, in this encoding. */
const leftOf = (text: string, spelled: string): boolean => text.includes(spelled.slice(6, 14))

it.each(encodings)('a host that echoes a token %s tells the log and the report nothing', (_, spell) => {
  const file = join(folder, 'main.log')
  const log = keepRecent(createLog({ file }), () => 0)
  new Secret(token)
  const spelled = spell(token)
  log.error(`The host said ${spelled}`, {
    said: `bad credentials: ${spelled}`,
    error: new Error(`400 ${spelled}`, { cause: { body: [`<p>${spelled}</p>`] } }),
    [`x ${spelled}`]: 1,
  })
  const written = `${readFileSync(file, 'utf8')}\n${log.failures().join('\n')}`
  expect(written).toContain('bad credentials: ')
  expect(leftOf(written, spelled)).toBe(false)
  expect(written).not.toContain(token)
})

it('a token that is broken up by what nobody sees is found', () => {
  new Secret(token)
  expect(redactText(`said ${[...token].join('\u200b')}!`)).toBe('said [secret]!')
})

it('the beginning of a secret at the end of a text that was cut is left out', () => {
  new Secret(token)
  const hide = redactText(`${`${token} `.repeat(2000)}`)
  expect(hide).not.toContain(token.slice(0, 6))
})

it('words of fewer than eight characters are none', () => {
  new Secret('main')
  expect(redactText('The branch main is gone')).toBe('The branch main is gone')
})

it('a value of any size is found, and the oldest are forgotten first', () => {
  const known = createKnownValues()
  const hide = createKnownSecrets(known)
  const large = Array.from({ length: 100_000 }, (_, index) => (index * 7919).toString(36)).join('')
  known.add(large)
  expect(hide(large.slice(0, 8000)).replaceAll('[secret]', '').length).toBeLessThan(1024)
  for (let count = 0; count < 3000; count += 1) {
    known.add(`secret number ${count}`)
    if (count % 300 === 0) hide('')
  }
  expect([...known.all()]).toHaveLength(1000)
  expect(hide('secret number 2999')).toBe('[secret]')
  expect(hide('secret number 1')).toBe('secret number 1')
  known.add('secret number 2000')
  for (let count = 0; count < 999; count += 1) known.add(`another number ${count}`)
  expect([...known.all()]).toContain('secret number 2000')
})

it('two hundred secrets are found in a long line', () => {
  const known = createKnownValues()
  const hide = createKnownSecrets(known)
  const values = Array.from(
    { length: 200 },
    (_, index) => `gho_${Buffer.from(`token ${index} of many`).toString('hex')}`,
  )
  for (const value of values) known.add(value)
  expect(hide(values.join(' '))).toBe(values.map(() => '[secret]').join(' '))
})
