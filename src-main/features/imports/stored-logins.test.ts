import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readGhLogins, readGitLogins, readGlabLogins, type StoredLogin } from './stored-logins'

const plain = (logins: readonly StoredLogin[]) =>
  logins.map(({ host, login, token }) => [host, login, token?.reveal() ?? null])

it('reads one and several accounts of gh, and those whose token is in the keychain', () => {
  const old = 'example.test:\n    user: ada\n    oauth_token: gho_one\n    git_protocol: https\n'
  const several =
    'example.test:\n    git_protocol: https\n    users:\n        ada:\n            oauth_token: gho_one\n        grace:\n    oauth_token: gho_one\n    user: ada\n'
  expect(plain(readGhLogins(old))).toEqual([['https://example.test', 'ada', 'gho_one']])
  expect(plain(readGhLogins(several))).toEqual([
    ['https://example.test', 'ada', 'gho_one'],
    ['https://example.test', 'grace', null],
  ])
})

it('reads tokens of glab and leaves those alone that it renews', () => {
  const text =
    '# What protocol\ngit_protocol: ssh\nhosts:\n    example.test:\n        token: !!null glpat-x # mine\n        user: "ada"\n        api_protocol: https\n    other.test:\n        token: oauth\n        is_oauth2: "true"\n    none.test:\n        token:\n'
  expect(plain(readGlabLogins(text))).toEqual([['https://example.test', 'ada', 'glpat-x']])
})

it('reads git’s plain file', () => {
  const text =
    'https://ada:p%40ss@example.test\nhttp://x:y@127.0.0.1%3a8080\nhttps://example.test\nhttps://a:%zz@example.test\nssh://a:b@c\n'
  expect(plain(readGitLogins(text))).toEqual([
    ['https://example.test', 'ada', 'p@ss'],
    ['http://127.0.0.1:8080', 'x', 'y'],
  ])
})

it.each([readGhLogins, readGlabLogins, readGitLogins])('takes anything without a crash', (read) => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      for (const { host } of read(text)) expect(new URL(host).host).not.toBe('')
    }),
  )
  expect(
    read('__proto__:\n    user: x\nconstructor:\n    user: y\n').every(({ host }) => host.startsWith('https://')),
  ).toBe(true)
})
