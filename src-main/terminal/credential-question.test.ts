import fc from 'fast-check'
import { expect, it } from 'vitest'
import { longestAttributes } from '../git/credential-attributes'
import { readQuestion } from './credential-question'

it.each([
  [
    'protocol=https\nhost=Example.test:8443\npath=/ada/engine.git\nusername=ada\nwwwauth[]=Basic\n\nprotocol=http\n',
    { protocol: 'https', host: 'example.test:8443', path: 'ada/engine', username: 'ada' },
  ],
  ['protocol=http\nhost=[::1]:80\n', { protocol: 'http', host: '[::1]:80', path: '', username: '' }],
  ['protocol=ssh\nhost=example.test\n', null],
  ['protocol=https\n', null],
  ['protocol=https\nhost=a b\n', null],
  ['protocol=https\nhost=user@example.test\n', null],
  ['protocol=https\nhost=example.test\rusername=x\n', null],
  ['protocol=https\nhost=example.test\nurl=https://other.test/\n', null],
  [
    'capability[]=authtype\ncapability[]=state\nprotocol=https\nhost=a.test\nwwwauth[]=Basic\nwwwauth[]=Bearer\nstate[]=x\nstate[]=y\n',
    { protocol: 'https', host: 'a.test', path: '', username: '' },
  ],
  ['nonsense\n', null],
  ['', null],
])('reads %j', (text, question) => {
  expect(readQuestion(text)).toEqual(question)
})

it('never throws, and never finds a host that could be more than one', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 50 }), (noise, host) => {
      const question = readQuestion(`protocol=https\nhost=${host}\n${noise}`)
      if (question !== null) expect(new URL(`https://${question.host}`).username).toBe('')
    }),
  )
  expect(readQuestion('x'.repeat(longestAttributes + 1))).toBeNull()
})

it.each([
  'example.test.@evil.test',
  'example.test:443@evil.test',
  'example.test#evil.test',
  'example.test/evil',
  'example.test\\evil.test',
  'example.test%2eevil.test',
  'example.test\u200b',
  'example\uff0etest',
  'example.test,evil.test',
  'example.test:',
  'example.test:123456',
  '[example.test]',
  '\texample.test',
])('is asked about no host spelled %j', (host) => {
  expect(readQuestion(`protocol=https\nhost=${host}\n`)).toBeNull()
})

it.each(['path', 'username', 'wwwauth[]', 'x'])('reads no %s of a megabyte', (key) => {
  expect(readQuestion(`protocol=https\nhost=example.test\n${key}=${'a'.repeat(2 ** 20)}\n`)).toBeNull()
})

const given = ['protocol=https', 'host=example.test', 'path=ada/engine.git', 'username=ada', 'password=x', 'other=1']

it.each([...given, 'host[]=example.test', '__proto__=x', 'constructor=x'])('refuses a second %s', (line) => {
  const [key] = line.split('=')
  const once = [...new Set([...given, line])]
  expect(readQuestion(`${once.join('\n')}\n`)).not.toBeNull()
  for (const again of [line, `${key}=`, `${key}=other.test`]) {
    expect(readQuestion(`${[...once, again].join('\n')}\n`)).toBeNull()
    expect(readQuestion(`${[again, ...once].join('\n')}\n`)).toBeNull()
  }
  // What follows the empty line is no part of the question.
  expect(readQuestion(`${once.join('\n')}\n\n${line}\n`)).not.toBeNull()
})
