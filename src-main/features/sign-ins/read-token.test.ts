import { describe, expect, it } from 'vitest'
import { Failure } from '../../../src-preload/contract/outcome'
import type { TokenShape } from '../../providers/provider'
import { readToken, shownToken } from './read-token'

const shapes: readonly TokenShape[] = [
  { begins: 'ghx_', characters: 'A-Za-z0-9', leastCharacters: 40 },
  { begins: 'glx-', characters: '\\w.-', leastCharacters: 24 },
]
const token = 'ghx_0123456789abcdefghijABCDEFGHIJ0123456'.slice(0, 40)
const bare = '0123456789abcdef0123456789abcdef01234567'

/** Ways in which people have a token at hand. */
const ways: readonly (readonly [string, (token: string) => string])[] = [
  ['in quotes', (token) => `"${token}"`],
  ['in quotes that a word processor made', (token) => `“${token}”`],
  ['in backticks', (token) => `\`${token}\``],
  ['in a shell', (token) => `GITHUB_TOKEN=${token}`],
  ['exported and quoted', (token) => `export GIT_PAT='${token}'`],
  ['behind a prompt', (token) => `$ ${token}`],
  ['in PowerShell', (token) => `$env:GH_TOKEN = "${token}"`],
  ['in a header', (token) => `Authorization: Bearer ${token}`],
  ['in an old header', (token) => `authorization: token ${token}`],
  ['in GitLab’s header', (token) => `PRIVATE-TOKEN: ${token}`],
  ['in curl', (token) => `curl -s -H "Authorization: Bearer ${token}" https://api.git.example/user`],
  ['in curl as a login', (token) => `curl -u ada:${token} https://git.example/api`],
  ['in Basic', (token) => `Authorization: Basic ${Buffer.from(`ada:${token}`).toString('base64')}`],
  ['in an address', (token) => `https://oauth2:${token}@git.example/o/r.git`],
  ['in git clone', (token) => `git clone https://ada:${token}@git.example/o/r.git`],
  ['in YAML', (token) => `git.example:\n    user: ada\n    oauth_token: ${token}\n    git_protocol: https`],
  ['in JSON', (token) => JSON.stringify({ user: 'ada', token, expires: '2026-12-24' })],
  ['in JSON in a string', (token) => JSON.stringify(JSON.stringify({ access_token: token }))],
  ['in .env', (token) => `# for CI\nNAME=shop\nDEPLOY_TOKEN="${token}"\nPORT=80`],
  ['in .netrc', (token) => `machine git.example login ada password ${token}`],
  ['in .npmrc', (token) => `//npm.git.example/:_authToken=${token}`],
  ['with colours', (token) => `\u001b[32mtoken:\u001b[0m \u001b[1m${token}\u001b[0m`],
  ['with colours that lost their beginning', (token) => `[32m${token}[0m`],
  ['with invisible characters in it', (token) => `\ufeff${token.slice(0, 9)}\u200b${token.slice(9)}\u00a0`],
  ['between spaces and lines', (token) => ` \r\n\t${token}\n`],
  ['with a comma', (token) => `${token},`],
  ['in a sentence', (token) => `Dein Token lautet: ${token}. Bitte nicht weitergeben!`],
  ['with setx', (token) => `setx GIT_PAT "${token}"`],
  ['in fish', (token) => `set -gx GIT_PAT ${token}`],
  ['in a pipe', (token) => `echo ${token} | docker login git.example -u ada --password-stdin`],
  ['in Python', (token) => `os.environ["GIT_PAT"] = "${token}"`],
  ['in a list of YAML', (token) => `env:\n  - name: GIT_PAT\n    value: ${token}\n`],
  ['in XML', (token) => `<add key="ClearTextPassword" value="${token}" />`],
  ['in a table', (token) => `| build server | **${token}** | 2026-12-24 |`],
  ['as a user in an address', (token) => `https://${token}@git.example/o/r.git`],
  ['as a user in curl', (token) => `curl -u "${token}:" https://git.example/api`],
  ['as a user in Basic', (token) => `authorization: basic ${Buffer.from(`${token}:x-oauth-basic`).toString('base64')}`],
  [
    'in Docker’s file',
    (token) => `{"auths":{"git.example":{"auth":"${Buffer.from(`ada:${token}`).toString('base64')}"}}}`,
  ],
  ['in a Kubernetes secret', (token) => `data:\n  pat: ${Buffer.from(token).toString('base64')}\n`],
]

describe('readToken', () => {
  it.each(ways)('finds one %s', (_, way) => {
    expect(readToken(way(token), shapes).reveal()).toBe(token)
    expect(readToken(way('glx-0123456789_abc.01.0x'), shapes).reveal()).toBe('glx-0123456789_abc.01.0x')
    expect(readToken(way(bare), shapes).reveal()).toBe(bare)
    // A field of one line makes spaces of line breaks.
    expect(readToken(way(token).replaceAll('\n', ' '), shapes).reveal()).toBe(token)
    expect(readToken(way(bare).replaceAll('\n', ' '), shapes).reveal()).toBe(bare)
  })

  it('puts one together that was broken into lines', () => {
    for (const one of [token, bare]) {
      expect(readToken(`${one.slice(0, 20)}\n  ${one.slice(20)}`, shapes).reveal()).toBe(one)
      expect(readToken(`"${one.slice(0, 20)} ${one.slice(20)}"`, shapes).reveal()).toBe(one)
    }
  })

  it.each(['ghx_', 'ghx_0123', `"${token.slice(0, 39)}"`, `GITHUB_TOKEN=${token.slice(0, 30)}`])(
    'says that %s is too short',
    (pasted) => {
      expect(() => readToken(pasted, shapes)).toThrow(
        expect.objectContaining({ code: 'token-kind-refused', facts: { kind: 'too-short' } }),
      )
    },
  )

  it('shows what it found, and no more than how it ends', () => {
    expect(shownToken(`TOKEN=${token}`, readToken(token, shapes), shapes)).toBe(`ghx_…${token.slice(-4)}`)
    expect(shownToken(bare.toUpperCase(), readToken(bare), shapes)).toBe('…4567')
    expect(shownToken(` ${token}\n`, readToken(token), shapes)).toBe(null)
  })

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
    ['name: internationalization', 'password'],
    ['https://git.example/o/r/commit/0123456789abcdef0123456789abcdef01234567', 'address'],
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

  it('finds out at once that a long text holds none', () => {
    for (const part of ['token: ', ' _token', 'basic ', ' ://', ' [1', ' https://a', " -u a:'", '= ', 'a '])
      expect(() => readToken(part.repeat(150_000 / part.length), shapes)).toThrow(Failure)
  })

  it('says which field is empty', () => {
    expect(() => readToken(' \n')).toThrow('invalid-input')
  })
})
