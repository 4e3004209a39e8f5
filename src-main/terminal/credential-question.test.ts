import fc from 'fast-check'
import { expect, it } from 'vitest'
import { longestQuestion, readQuestion } from './credential-question'

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
  expect(readQuestion('x'.repeat(longestQuestion + 1))).toBeNull()
})
