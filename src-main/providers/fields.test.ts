import fc from 'fast-check'
import { is, parse } from 'valibot'
import { expect, it } from 'vitest'
import { toAnswer } from './answer'
import { KnownName, Name, NumericId, SshAddress, Time, WebAddress } from './fields'

it.each([
  ['https://git.example.org/a/b.git', true],
  ['http://127.0.0.1:3000/a/b.git', true],
  ['https://user@git.example.org/a/b.git', false],
  ['https://user:secret@git.example.org/a/b.git', false],
  ['javascript:alert(1)', false],
  ['file:///etc/passwd', false],
  ['ext::sh -c id', false],
  ['https://git.example.org/a b', false],
  ['https://git.example.org/a\nb', false],
  ['--upload-pack=id', false],
  ['', false],
  [7, false],
])('%j is an address to open or clone: %s', (value, safe) => {
  expect(is(WebAddress, value)).toBe(safe)
})

it.each([
  ['git@git.example.org:group/app.git', true],
  ['ssh://git@git.example.org:2222/group/app.git', true],
  ['ssh://git@[::1]:2222/group/app.git', true],
  ['git.example.org:app', true],
  ['-oProxyCommand=id:app', false],
  ['git@-oProxyCommand=id:app', false],
  ['git@git.example.org:-app', false],
  ['ssh://-oProxyCommand=id/app', false],
  ['git@git.example.org:a b', false],
  ['git@git.example.org:a\u0000b', false],
  ['ext::sh', false],
])('%j is an SSH clone address: %s', (value, safe) => {
  expect(is(SshAddress, value)).toBe(safe)
})

it('accepts no address with a space, a control character or an option', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const schema of [WebAddress, SshAddress]) {
        if (is(schema, text)) expect(text).not.toMatch(/^-|[\s\x00-\x1f\x7f]/)
      }
    }),
  )
})

it.each([
  ['2026-11-23T12:00:00Z', Date.UTC(2026, 10, 23, 12)],
  ['2026-11-23T12:00:00.000+02:00', Date.UTC(2026, 10, 23, 10)],
  ['2026-11-23', Date.UTC(2026, 10, 23)],
  ['yesterday', null],
  [null, null],
  [undefined, null],
])('%j is the time %s', (text, time) => {
  expect(parse(Time, text)).toBe(time)
})

it.each([
  ['{"id":9007199254740993}', '9007199254740993'],
  ['{"id": 12345678901234567890, "text": "say \\"9007199254740993\\": 9007199254740993"}', '12345678901234567890'],
  ['{"id":7,"price":0.1234567890123456,"big":1e400,"sha":"1234567890123456"}', '7'],
  ['{"id":9007199254740991}', '9007199254740991'],
])('%s has the number %s', async (json, id) => {
  const headers = { 'content-type': 'application/json' }
  const { body } = await toAnswer(new Response(json, { headers }), new URL('https://git.example.org/x'))
  const read = body as { id: unknown; text?: unknown; price?: unknown; sha?: unknown }
  expect(parse(NumericId, read.id)).toBe(id)
  expect(read.text ?? 'say "9007199254740993": 9007199254740993').toBe('say "9007199254740993": 9007199254740993')
  expect([read.price ?? 0.1234567890123456, read.sha ?? '1234567890123456']).toEqual([
    0.1234567890123456,
    '1234567890123456',
  ])
})

it('says soon that long text is no JSON, however its strings end', async () => {
  const body = `{"id":9007199254740993,"text":"${'\\"'.repeat(100_000)}`
  const answer = new Response(body, { headers: { 'content-type': 'application/json' } })
  await expect(toAnswer(answer, new URL('https://git.example.org/x'))).rejects.toMatchObject({ code: 'bad-answer' })
})

it.each([0, -1, 1.5, '', '01', '1a', '-7', null])('%j is no number of a thing', (value) => {
  expect(is(NumericId, value)).toBe(false)
})

it('makes names safe to show', () => {
  expect(parse(Name, '\u202eevil\u0000 🦊')).toBe('evil 🦊')
  expect(is(KnownName, '\u202e\u200b')).toBe(false)
})
