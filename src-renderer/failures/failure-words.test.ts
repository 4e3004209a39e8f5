import { describe, expect, it } from 'vitest'
import { Failure, type FailureCode, failureCodes } from '../../src-preload/contract/outcome'
import { readFacts } from './facts'
import { failureLine } from './failure-text'
import { wordsFor } from './failure-words'
import { toFailure } from './to-failure'

const now = Date.UTC(2026, 2, 10, 12)
const words = (code: FailureCode, facts: Record<string, string> = {}) => wordsFor(code, readFacts(facts, now))

describe('every failure', () => {
  it.each(failureCodes)('%s is told in plain sentences, with and without facts', (code) => {
    const host = 'https://git.example.org'
    for (const facts of [{}, { host, provider: 'GitLab', until: String(now + 600_000), scope: 'api', path: 'a/b' }]) {
      const { title, cause, fix } = words(code, facts)
      expect(title).not.toBe('')
      for (const sentence of [title, cause, fix]) {
        expect(sentence).not.toMatch(/undefined|null|NaN|!|oops/i)
        expect(sentence).toMatch(/^$|^\S.*[.?)]$/s)
      }
      expect(`${title}${cause}${fix}`).not.toContain('https://')
    }
  })

  it('never starts a sentence small', () => {
    const small = failureCodes.filter((code) => /^[a-z]/.test(words(code).title))
    expect(small).toEqual([])
  })
})

describe('facts in sentences', () => {
  it.each([
    ['ENOSPC', 'No room is left on the disk of', 'Free some space there, then try again.'],
    ['EDQUOT', 'No room is left on the disk of', 'Free some space there, then try again.'],
    ['EROFS', 'can only be read.', 'Make the disk writable, then try again.'],
    ['EACCES', 'You may not read or write', 'Give yourself the right to read and write there, then try again.'],
    ['EIO', 'can’t be used.', 'Make room or restore write access, then try again.'],
  ])('names the file that could not be saved and what to do about %s', (reason, cause, fix) => {
    const said = words('storage-failed', { path: '/home/ada/profile/settings.json', reason })
    expect(said.cause).toContain('/home/ada/profile/settings.json')
    expect(said.cause).toContain(cause)
    expect(said.fix).toBe(fix)
  })

  it('says who stands in front of a host, and that the account is not affected', () => {
    const host = 'https://git.acme.dev'
    expect(words('intermediary-answered', { host, why: 'login', who: 'Okta' })).toMatchObject({
      title: 'Something stands in front of git.acme.dev.',
      cause: 'Okta answered in its place, and asks for a login of its own.',
    })
    expect(words('intermediary-answered', { host, why: 'refused' }).cause).toMatch(/^Another program .* refused/)
  })

  it('blames an organization only where the provider does', () => {
    const facts = { provider: 'Gitea', status: '403', why: 'refused' }
    expect(words('access-restricted', facts).title).toBe('Gitea refused the request.')
    expect(words('access-restricted', { ...facts, message: 'Blocked by policy 7' }).cause).toBe(
      'It says: Blocked by policy 7.',
    )
    expect(words('access-restricted', { owner: 'acme' }).title).toBe('acme blocks this app.')
    expect(words('access-restricted', { what: 'deploy-keys' }).title).toBe('Deploy keys are switched off there.')
  })

  it('offers the typed address only where it can be used', () => {
    const facts = { host: 'https://git.lan', to: 'https://git.acme.dev' }
    expect(words('foreign-link-refused', facts).action).toBe('edit-address')
    expect(words('foreign-link-refused', { ...facts, account: 'a' }).action).toBe('use-typed-address')
    expect(words('foreign-link-refused', { ...facts, works: 'true' }).fix).toContain('works from this computer too')
  })

  it('says which token to make in place of one for specific repositories', () => {
    const facts = { scope: 'read:user', why: 'no-person', needs: 'read:user, read:repository' }
    expect(words('scope-missing', facts)).toMatchObject({ action: 'replace-token' })
    expect(words('scope-missing', facts).fix).toContain(
      'all repositories and these scopes: read:user, read:repository.',
    )
  })

  it('counts what a list lacks, and blames the secret for a wrong signature', () => {
    const left = words('rows-left-out', { host: 'git.example.org', count: '2', at: '1.id' })
    expect(left.title).toBe('2 entries from git.example.org could not be read.')
    expect(left.cause).toContain('“1.id”')
    expect(words('rows-left-out', { host: 'git.example.org', count: '1' }).title).toMatch(/^1 entry /)
    expect(Object.values(words('hook-signature', { url: 'u' })).join(' ')).not.toMatch(/firewall/i)
    expect(words('hook-signature', { made: 'by-hand' }).fix).toMatch(/^Copy the secret/)
    expect(words('hook-unreached', { message: 'internal error' }).cause).toContain('internal error')
  })

  it('says when it expired, as a day', () => {
    const facts = { provider: 'GitLab', expiredAt: String(Date.UTC(2026, 2, 3)) }
    expect(words('auth-expired', facts)).toMatchObject({
      title: 'Sign-in expired.',
      cause: 'GitLab no longer accepts it. It expired on 3 March.',
      action: 'reconnect',
    })
  })

  it('names what expired or was revoked', () => {
    const expiredAt = String(Date.UTC(2026, 2, 3))
    expect(words('auth-expired', { kind: 'oauth', expiredAt }).title).toBe('OAuth token expired.')
    expect(words('auth-expired', { kind: 'token', expiredAt }).title).toBe('Token expired.')
    // Where no end is known, a provider's refusal does not say which.
    expect(words('auth-expired', { kind: 'token', provider: 'Forgejo' })).toMatchObject({
      title: 'Token no longer accepted.',
      cause: 'Forgejo refused it: it has expired, or was revoked there.',
    })
    expect(words('auth-revoked', { kind: 'oauth' }).title).toBe('OAuth token revoked.')
  })

  it('tells of a wrong clock wherever it was noticed', () => {
    const { cause } = words('auth-expired', { provider: 'GitHub', clockSkew: '-420' })
    expect(cause).toContain(' The clock of this computer is 7 minutes off.')
    expect(words('unreachable', { clockSkew: 'soon' }).cause).toBe('The connection could not be made.')
  })

  it.each([
    [{ why: 'refused' }, 'It refused the connection: nothing listens on that port, or a firewall turns it away.'],
    [{ why: 'no-route' }, 'The network you are in has no route to it.'],
    [{ why: 'refused', proxy: 'p:1' }, 'The proxy p:1 refused the connection.'],
    [{ proxy: 'p:1' }, 'There was no answer through the proxy p:1.'],
    [{ why: 'tls', proxy: 'p:1' }, 'It does not speak a version of TLS that is safe enough.'],
    [{ why: 'client-certificate' }, 'It requires a client certificate, which this app does not support.'],
    [{ why: 'constructor' }, 'The connection could not be made.'],
  ])('says why a host was not reached: %j', (facts, cause) => {
    const said = words('unreachable', { host: 'git.acme.dev', ...facts })
    expect(said.cause).toBe(cause)
    expect(said.fix.includes('port')).toBe('why' in facts && facts.why === 'refused' && !('proxy' in facts))
  })

  it.each([
    ['none', 'No release of the app is running yet.'],
    ['old', 'The running release was left as it is.'],
    ['new', 'The new release is live already.'],
  ])('says what runs after a deploy that failed: %s', (live, said) => {
    expect(words('command-failed', { status: '7', live }).cause).toBe(`It ended with status 7. ${said}`)
    expect(words('folder-missing', { path: 'x', live }).cause).toContain(said)
    if (live !== 'new') expect(words('deploy-interrupted', { live }).cause).toContain(said)
  })

  it('names the app that is deployed into a folder already', () => {
    const facts = { path: '/srv/shop', why: 'in-use', usedBy: 'Shop' }
    expect(words('folder-refused', facts).cause).toBe('The app “Shop” is deployed into it.')
  })

  it('says when it goes on, from Unix ms and from ISO 8601', () => {
    const cause = 'Too many requests were made. It accepts more in 12 min.'
    expect(words('rate-limited', { until: String(now + 720_000) }).cause).toBe(cause)
    expect(words('rate-limited', { until: new Date(now + 720_000).toISOString() }).cause).toBe(cause)
    expect(words('rate-limited', { until: 'soon' }).cause).toBe('Too many requests were made.')
    // What a person asked for, as a sign-in, does not continue by itself.
    expect(words('rate-limited', {})).toMatchObject({ action: 'retry', calm: true })
    expect(words('rate-limited', { provider: 'GitHub', until: String(now + 720_000) }).title).toBe(
      'GitHub asks to wait until 12:12.',
    )
    expect(words('rate-limited', { provider: 'GitHub', until: String(now + 24 * 3_600_000) }).title).toBe(
      'GitHub asks to wait until 11 March at 12:00.',
    )
  })

  it('names a host without its scheme, and the provider by its host when it has no title', () => {
    expect(words('unreachable', { host: 'https://gitlab.acme.dev/' }).title).toBe('gitlab.acme.dev can’t be reached.')
    expect(words('server-error', { host: 'https://x.dev', status: '503' })).toMatchObject({
      title: 'x.dev has a problem of its own.',
      cause: 'It answered with status 503.',
    })
  })

  it('offers to allow a check only where it protects nobody', () => {
    const object = '9f2dbe63a2f3d1ef3a4e4a4d6b4ac7d1f84b5e9c'
    expect(words('object-refused', { check: 'zeroPaddedFilemode', object, path: 'acme/shop' })).toEqual({
      title: 'acme/shop failed a safety check.',
      cause: 'Git’s check “zeroPaddedFilemode” rejected the object 9f2dbe63a2.',
      fix: 'Old commits often have this harmless mistake. You can allow it for an app.',
      action: 'allow-check',
      calm: false,
    })
    expect(words('object-refused', { check: 'duplicateEntries', object }).fix).not.toContain('allow')
    expect(words('path-refused', { path: 'x', why: 'duplicate' }).cause).toContain('contains it twice')
  })

  it('makes one line of title and cause', () => {
    expect(failureLine({ code: 'passphrase-wrong', facts: {} })).toBe('That passphrase is not right.')
    expect(failureLine({ code: 'cancelled', facts: {} })).toBe('Cancelled. Nothing was changed.')
  })
})

describe('toFailure', () => {
  it('keeps a failure and calls everything else unexpected', () => {
    expect(toFailure(new Failure('moved', { path: 'a/b' }))).toEqual({ code: 'moved', facts: { path: 'a/b' } })
    expect(toFailure(new RangeError('x'))).toEqual({
      code: 'unexpected',
      facts: { where: 'window', error: 'RangeError' },
    })
    expect(toFailure('x').code).toBe('unexpected')
  })
})
