import { describe, expect, it } from 'vitest'
import { Failure } from '../../../src-preload/contract/outcome'
import { readToken } from './read-token'

describe('readToken', () => {
  it.each([
    'ghx_0123456789abcdefghijABCDEFGHIJ',
    'glpat-0123456789_abc.01.0x',
    'ATATT3xFfGF0-_abc=1A2B3C4D',
    'eyJhbGciOi.eyJzdWIi.c2ln-_',
    '0123456789abcdef0123456789abcdef01234567',
  ])('takes %s, without what was copied around it', (token) => {
    expect(readToken(token).reveal()).toBe(token)
    expect(readToken(` \r\n\t${token}\u200b\n`).reveal()).toBe(token)
  })

  it.each([
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----', 'ssh-key'],
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@here', 'ssh-key'],
    ['SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDjOmHa', 'ssh-key'],
    ['https://git.example/owner/name.git', 'address'],
    ['git@git.example:owner/name.git', 'address'],
    ['me@example.com', 'e-mail'],
    ['correct horse battery staple', 'password'],
    ['Tr0ub4dor&3-and-more', 'password'],
    ['hunter2', 'password'],
    ['pässwörter-lang', 'password'],
    ['abcdefghij\nklmnopqrst', 'password'],
  ])('knows that %j is none', (pasted, kind) => {
    expect(() => readToken(pasted)).toThrow(Failure)
    try {
      readToken(pasted)
    } catch (error) {
      expect(error).toMatchObject({ code: 'token-kind-refused', facts: { kind } })
      expect(JSON.stringify(error)).not.toContain(pasted)
    }
  })

  it('says which field is empty', () => {
    expect(() => readToken(' \n')).toThrow('invalid-input')
  })
})
