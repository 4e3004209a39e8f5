import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baseAddress, parseHostAddress } from './host-address'

describe('parseHostAddress', () => {
  it.each([
    ['github.com', 'https://github.com', [], null],
    ['  HTTPS://GitHub.COM/  ', 'https://github.com', [], null],
    ['http://github.com', 'https://github.com', [], null],
    ['git.example.org:8443', 'https://git.example.org:8443', [], null],
    ['git.example.org:8443/group/app', 'https://git.example.org:8443', ['group', 'app'], null],
    ['https://git.example.org/group/sub/app.git', 'https://git.example.org', ['group', 'sub', 'app'], null],
    ['https://user:secret@git.example.org/a/b.git', 'https://git.example.org', ['a', 'b'], null],
    ['https://git.example.org/a/b/tree/main?x=1#y', 'https://git.example.org', ['a', 'b', 'tree', 'main'], null],
    ['git@git.example.org:group/app.git', 'https://git.example.org', ['group', 'app'], 'ssh://git.example.org'],
    ['git.example.org:group/app', 'https://git.example.org', ['group', 'app'], 'ssh://git.example.org'],
    ['ssh://git@git.example.org:2222/a/b.git', 'https://git.example.org', ['a', 'b'], 'ssh://git.example.org:2222'],
    ['ssh://git@git.example.org:22/a/b', 'https://git.example.org', ['a', 'b'], 'ssh://git.example.org'],
    ['git+ssh://git@git.example.org/a/b', 'https://git.example.org', ['a', 'b'], 'ssh://git.example.org'],
    ['git://git.example.org/a/b.git', 'https://git.example.org', ['a', 'b'], null],
    ['http://127.0.0.1:3000/x', 'http://127.0.0.1:3000', ['x'], null],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000', [], null],
    ['localhost', 'http://localhost', [], null],
    ['https://localhost:3000', 'https://localhost:3000', [], null],
    ['[::1]:3000', 'http://[::1]:3000', [], null],
    ['http://10.0.0.1', 'https://10.0.0.1', [], null],
    ['müller.example', 'https://xn--mller-kva.example', [], null],
  ])('reads %s', (text, origin, names, ssh) => {
    expect(parseHostAddress(text)).toMatchObject({ origin, names, ssh })
  })

  it.each([
    '',
    '   ',
    'two words',
    'a\nb',
    'ftp://x.example',
    'file:///etc/passwd',
    'javascript://x',
    'https://',
    'a\\b',
  ])('takes %j for no address', (text) => {
    expect(parseHostAddress(text)).toBeNull()
  })

  it('never throws, and never leads anywhere but by https, save on this computer', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true }), fc.string({ unit: 'binary' })),
        (text) => {
          const address = parseHostAddress(text)
          if (address === null) return
          const { protocol, hostname, username, pathname } = new URL(address.origin)
          expect(protocol === 'https:' || /^(127\.|localhost|\[::1\]|.+\.localhost)/.test(hostname)).toBe(true)
          expect([username, pathname]).toEqual(['', '/'])
        },
      ),
    )
  })
})

it.each([
  ['https://example.org/gitlab/', 'https://example.org/gitlab'],
  ['example.org', 'https://example.org'],
  ['http://example.org', 'https://example.org'],
  ['http://127.0.0.1:4000/git', 'http://127.0.0.1:4000/git'],
  ['git@example.org:a/b', null],
  ['https://example.org/a/%2e%2e/b', 'https://example.org/b'],
  ['nonsense nonsense', null],
])('%s is kept as %s', (text, base) => {
  expect(baseAddress(text)).toBe(base)
})
