import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../src-preload/contract/outcome'
import { pathAt, readQuestion } from './question'

const flat = { host: 'https://github.com' }
const nested = { host: 'https://gitlab.acme.dev' }
const below = { host: 'https://acme.dev/git' }
const local = { host: 'http://127.0.0.1:4000' }
const ssh = { host: 'ssh://git.acme.dev:2222' }
const connected = [flat, nested, below, local, ssh]

const pathIn = (text: string, host: { readonly host: string }, kind: { readonly nested?: boolean } = {}) =>
  pathAt(readQuestion(text, connected), host, kind)

describe('what people paste', () => {
  it.each([
    ['acme/shop', flat, {}, 'acme/shop'],
    [' acme/shop/ ', flat, {}, 'acme/shop'],
    ['acme/shop.git', flat, {}, 'acme/shop'],
    ['acme.inc/shop', flat, {}, 'acme.inc/shop'],
    ['team/sub/shop', nested, { nested: true }, 'team/sub/shop'],
    ['team/sub/shop', flat, {}, 'team/sub'],
    ['https://github.com/acme/shop', flat, {}, 'acme/shop'],
    ['github.com/acme/shop', flat, {}, 'acme/shop'],
    ['https://www.github.com/acme/shop/pull/7/files#diff', flat, {}, 'acme/shop'],
    ['https://github.com/acme/shop.git', flat, {}, 'acme/shop'],
    ['https://me:secret@github.com/acme/shop.git', flat, {}, 'acme/shop'],
    ['git@github.com:acme/shop.git', flat, {}, 'acme/shop'],
    ['ssh://git@ssh.github.com:443/acme/shop.git', flat, {}, 'acme/shop'],
    ['https://gitlab.acme.dev/team/sub/shop/-/tree/main/src', nested, { nested: true }, 'team/sub/shop'],
    ['git@gitlab.acme.dev:team/sub/shop.git', nested, { nested: true }, 'team/sub/shop'],
    ['https://acme.dev/git/team/shop/issues', below, {}, 'team/shop'],
    ['ssh://git@acme.dev/team/shop.git', below, {}, 'team/shop'],
    ['http://127.0.0.1:4000/ada/notes', local, {}, 'ada/notes'],
    ['git@git.acme.dev:deep/er/shop.git', ssh, {}, 'deep/er/shop'],
    ['ssh://git@git.acme.dev:2222/team/shop.git', ssh, {}, 'team/shop'],
  ])('%s', (text, host, kind, path) => expect(pathIn(text, host, kind)).toBe(path))

  it.each([
    ['https://github.com/acme/shop', nested],
    ['https://acme.dev/team/shop', below],
    ['http://127.0.0.1:4001/ada/notes', local],
    ['git@github.com:acme/shop.git', ssh],
    ['https://github.com.evil.dev/acme/shop', flat],
  ])('%s is not at %s', (text, host) => expect(pathIn(text, host)).toBeNull())

  it.each([
    ['shop', 'path-missing'],
    ['acme/../shop', 'path-invalid'],
    ['https://github.com/acme', 'path-missing'],
    ['file:///etc/passwd', 'scheme'],
    ['/', 'path-invalid'],
    ['C:\\acme\\shop', 'local-path'],
    ['two words', 'scheme-missing'],
  ])('refuses %j and says why', (text, reason) => {
    expect(() => readQuestion(text, connected)).toThrowError(
      expect.objectContaining({ code: 'address-refused', facts: { reason } }),
    )
  })

  it('reads or refuses anything, and no path that it reads climbs', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl(), fc.string({ unit: fc.constantFrom(...'ab/.:@-#%\\ ') })),
        (text) => {
          try {
            const { names } = readQuestion(text, connected)
            expect(names.length).toBeGreaterThan(1)
            for (const name of names) expect(['', '.', '..']).not.toContain(name)
          } catch (error) {
            expect(error).toBeInstanceOf(Failure)
          }
        },
      ),
    )
  })
})
