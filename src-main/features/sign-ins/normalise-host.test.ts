import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../src-preload/contract/outcome'
import { normaliseHost } from './normalise-host'

const atRoot = ['github.com']

describe('normaliseHost', () => {
  it.each([
    ['git.acme.dev', 'https://git.acme.dev'],
    ['  Git.ACME.dev/ ', 'https://git.acme.dev'],
    ['https://git.acme.dev:8443/', 'https://git.acme.dev:8443'],
    ['https://git.acme.dev:443', 'https://git.acme.dev'],
    ['git.acme.dev:8443', 'https://git.acme.dev:8443'],
    ['git.acme.dev.', 'https://git.acme.dev'],
    ['https://acme.dev/GitLab/', 'https://acme.dev/GitLab'],
    ['https://acme.dev/gitlab/users/sign_in?x=1#y', 'https://acme.dev/gitlab'],
    ['https://acme.dev/user/login', 'https://acme.dev'],
    ['https://acme.dev/gitlab/-/profile', 'https://acme.dev/gitlab'],
    ['https://github.com/octocat/hello/tree/main', 'https://github.com'],
    ['https://octocat@git.acme.dev/octocat/hello.git', 'https://git.acme.dev'],
    ['https://octocat:hunter2@git.acme.dev/', 'https://git.acme.dev'],
    ['https://git.acme.dev/octocat/hello.git/info/refs', 'https://git.acme.dev'],
    ['git@git.acme.dev:octocat/hello.git', 'https://git.acme.dev'],
    ['ssh://git@git.acme.dev:2222/octocat/hello.git', 'https://git.acme.dev'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/forge/', 'http://127.0.0.1:3000/forge'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['localhost:3000', 'https://localhost:3000'],
    ['bücher.example', 'https://xn--bcher-kva.example'],
    ['\ufeffgit.acme.dev\u200b', 'https://git.acme.dev'],
    ['git_1.internal', 'https://git_1.internal'],
  ])('%s -> %s', (typed, host) => {
    expect(normaliseHost(typed, atRoot)).toBe(host)
  })

  it.each([
    ['', 'host-invalid'],
    ['   ', 'host-invalid'],
    ['my server', 'host-invalid'],
    ['https://', 'host-invalid'],
    ['https://git..acme.dev', 'host-invalid'],
    ['https://git.acme.dev..', 'host-invalid'],
    ['https://-acme.dev', 'host-invalid'],
    ['https://git.acme.dev\\@evil.example', 'host-invalid'],
    ['git.acme.dev:port', 'host-invalid'],
    ['git.acme.dev\nevil.example', 'host-invalid'],
    ['http://git.acme.dev', 'plain-http'],
    ['http://127.0.0.1.evil.example', 'plain-http'],
    ['file:///etc/passwd', 'scheme'],
    ['ftp://git.acme.dev', 'scheme'],
    ['ext::sh -c true', 'host-invalid'],
    ['javascript://git.acme.dev', 'scheme'],
    [`https://${'a'.repeat(3000)}`, 'host-invalid'],
  ])('refuses %j', (typed, reason) => {
    let failure: unknown
    try {
      normaliseHost(typed)
    } catch (error) {
      failure = error
    }
    expect(failure).toMatchObject({ code: 'address-refused', facts: { reason } })
  })

  it('gives a base address that it would give again, or a failure, for any text', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['http', 'https', 'ssh'] }),
      fc.domain().map((name) => `git@${name}:a/b.git`),
    )
    fc.assert(
      fc.property(typed, (text) => {
        try {
          const host = normaliseHost(text)
          expect(normaliseHost(host)).toBe(host)
          expect(host).toMatch(/^https:\/\/[^@?#\s]*[^/@?#\s]$|^http:\/\/(localhost|127\.|\[::1\]|[^/]*\.localhost)/)
        } catch (error) {
          if (!(error instanceof Failure)) throw error
        }
      }),
      { numRuns: 3000 },
    )
  })
})
