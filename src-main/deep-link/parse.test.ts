import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deepLinkCallback, isDeepLinkCallback, selfTestAddress } from './address'
import { deepLinkFromArgv } from './from-argv'
import { parseDeepLink } from './parse'

const state = 'c3RhdGUtb2YtdGhpcnR5LXR3by1ieXRlcw'
const own = deepLinkCallback('https://git.example')
const callback = (query: string) => `${own}?${query}`

describe('parseDeepLink', () => {
  it('reads a code', () => {
    const link = parseDeepLink(callback(`code=abc%2Fdef&state=${state}`))
    if (link.kind !== 'oauth-callback' || link.answer.kind !== 'code') throw new Error(link.kind)
    expect(link.answer.code.reveal()).toBe('abc/def')
    expect(link.answer.state.reveal()).toBe(state)
    expect(link.answer.issuer).toBeNull()
  })

  it('reads an error and an issuer', () => {
    const link = parseDeepLink(
      callback(
        `error=access_denied&error_description=The+user+said+no&state=${state}&iss=https%3A%2F%2Fgit.example%2Foauth`,
      ),
    )
    expect(link).toMatchObject({
      kind: 'oauth-callback',
      answer: { kind: 'error', error: 'access_denied', issuer: 'https://git.example/oauth' },
    })
  })

  it('ignores parameters it does not know, as RFC 6749 section 4.1.2 asks', () => {
    expect(parseDeepLink(callback(`code=a&state=${state}&installation_id=7&setup_action=install`)).kind).toBe(
      'oauth-callback',
    )
  })

  it.each([
    ['of a host', own],
    ['of all hosts, as it was', 'cloudaipilot://oauth/callback'],
  ])('says which callback it came to: that %s', (_, address) => {
    expect(parseDeepLink(`${address}?code=a&state=${state}`)).toMatchObject({ kind: 'oauth-callback', address })
    expect(parseDeepLink(`${address}/?code=a&state=${state}`)).toMatchObject({ kind: 'oauth-callback', address })
    expect(parseDeepLink(`CLOUDAIPILOT${address.slice(12)}?code=a&state=${state}`)).toMatchObject({ address })
  })

  it.each([
    ['a line end in its description', 'error_description=a%0Ab'],
    ['a tab in its description', 'error_description=a%09b'],
    ['a line end as it is', 'error_description=a\nb'],
    ['a tab as it is in an unknown parameter', 'x=a\tb'],
    ['a description of 3,000 characters', `error_description=${'a'.repeat(3000)}`],
    ['a description of 9,000 characters', `error_description=${'a'.repeat(9000)}`],
    ['two descriptions', 'error_description=a&error_description=b'],
    ['a space in the address of its explanation', 'error_uri=a+b'],
    ['an empty fragment', '#'],
    ['a fragment', '#_=_'],
    ['parameters of others twice', 'x=1&x=2'],
    ['a code and an issuer without a value', 'code=&iss='],
  ])('is no less an answer for %s', (_, more) => {
    const link = parseDeepLink(callback(`error=access_denied&state=${state}${more.startsWith('#') ? '' : '&'}${more}`))
    expect(link).toMatchObject({ kind: 'oauth-callback', answer: { kind: 'error', error: 'access_denied' } })
  })

  it('takes the scheme in any case', () => {
    expect(parseDeepLink(`CloudAIPilot://oauth/callback?code=a&state=${state}`).kind).toBe('oauth-callback')
  })

  it('never prints the code or the state', () => {
    const printed = inspect(parseDeepLink(callback(`code=the-code&state=${state}`)), { depth: 9 })
    expect(printed).not.toContain('the-code')
    expect(printed).not.toContain(state)
  })

  it('reads a self-test', () => {
    expect(parseDeepLink(selfTestAddress('0123456789abcdef'))).toEqual({ kind: 'self-test', nonce: '0123456789abcdef' })
  })

  it.each([
    ['cloudaipilot://', 'cloudaipilot://', null],
    ['cloudaipilot://clone/https://evil.example/x.git', 'cloudaipilot://clone/https://evil.example/x.git', null],
    ['cloudaipilot://open-folder?path=/etc&token=secret', 'cloudaipilot://open-folder', null],
    [
      'CLOUDAIPILOT://repository?url=https%3A%2F%2Fgit.example%2Fa%2Fb.git',
      'cloudaipilot://repository',
      'https://git.example/a/b.git',
    ],
    ['cloudaipilot://repository?url=a&url=b', 'cloudaipilot://repository', null],
    ['cloudaipilot://repository', 'cloudaipilot://repository', null],
    [`cloudaipilot://${'x'.repeat(500)}`, `cloudaipilot://${'x'.repeat(185)}`, null],
  ])('asks about %j', (text, shown, repository) => {
    expect(parseDeepLink(text)).toEqual({ kind: 'request', text: shown, repository })
  })

  it.each([
    ['', 'not-ours'],
    ['cloudaipilot:', 'not-ours'],
    ['https://oauth/callback?code=a&state=b', 'not-ours'],
    [`cloudaipilot://elsewhere/callback?error=redirect_uri_mismatch&state=${state}`, 'not-ours'],
    [`cloudaipilot://elsewhere?state=${state}`, 'not-ours'],
    [`cloudaipilot://OAUTH/callback?code=a&state=${state}`, 'not-ours'],
    [`cloudaipilot://oauth/callback//?code=a&state=${state}`, 'not-ours'],
    [`cloudaipilot://oauth/callback/x?code=a&state=${state}`, 'not-ours'],
    [`${own}/x?code=a&state=${state}`, 'not-ours'],
    [`${own}%2F?code=a&state=${state}`, 'not-ours'],
    [`${own.toUpperCase()}?code=a&state=${state}`, 'not-ours'],
    [`${own.replace('oauth-', 'x.oauth-')}?code=a&state=${state}`, 'not-ours'],
    [`cloudaipilot://oauth-short/callback?code=a&state=${state}`, 'not-ours'],
    [`cloudaipilot://oauth-/callback?code=a&state=${state}`, 'not-ours'],
    [own, 'missing-parameter'],
    [`${own}#code=a&state=${state}`, 'missing-parameter'],
    [`cloudaipilot://oauth/callback/../callback?code=a&state=${state}`, 'not-ours'],
    [`cloudaipilot://oauth%2Fcallback?code=a&state=${state}`, 'not-ours'],
    [`cloudaipilot://x@oauth/callback?code=a&state=${state}`, 'not-ours'],
    [`cloudaipilot:oauth/callback?code=a&state=${state}`, 'not-ours'],
    ['cloudaipilot://oauth/callback', 'missing-parameter'],
    [callback(''), 'missing-parameter'],
    [callback('code=a'), 'missing-parameter'],
    [callback(`state=${state}`), 'missing-parameter'],
    [callback(`code=a&code=b&state=${state}`), 'repeated-parameter'],
    [callback(`code=a&code=a&state=${state}`), 'repeated-parameter'],
    [callback(`code=a&state=${state}&state=${state}`), 'repeated-parameter'],
    [callback(`code=a&state=${state}&iss=https://a.example&iss=https://b.example`), 'repeated-parameter'],
    [callback(`code=&state=${state}`), 'missing-parameter'],
    [callback('code=a&state='), 'missing-parameter'],
    [callback(`code=a&error=access_denied&state=${state}`), 'malformed-parameter'],
    [callback(`code=a%00b&state=${state}`), 'malformed-parameter'],
    [callback(`code=a%0d%0ab&state=${state}`), 'malformed-parameter'],
    [callback(`code=%ff&state=${state}`), 'malformed-parameter'],
    [callback(`code=a&state=${state}&iss=javascript:alert(1)`), 'malformed-parameter'],
    [callback(`code=a\n&state=${state}`), 'control-character'],
    [callback(`code=${'a'.repeat(5000)}&state=${state}`), 'too-long'],
    ['cloudaipilot://self-test/', 'malformed-parameter'],
    ['cloudaipilot://self-test/short', 'malformed-parameter'],
    ['cloudaipilot://self-test/0123456789abcdef/x', 'malformed-parameter'],
    ['cloudaipilot://self-test/0123456789abcdef?x=1', 'malformed-parameter'],
  ])('does not know %j', (text, reason) => {
    expect(parseDeepLink(text)).toEqual({ kind: 'unknown', reason })
  })

  it('survives ten thousand texts and lets through none that misses code, error or state', () => {
    const parameter = fc.tuple(
      fc.constantFrom('code', 'state', 'error', 'iss', 'error_description', 'x', ''),
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', state, 'https://git.example')),
    )
    const generated = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.string({ unit: 'binary' }).map((text) => `cloudaipilot:${text}`),
      fc.string({ unit: 'binary' }).map(callback),
      fc
        .tuple(
          fc.constantFrom('oauth', 'oauth-', own.slice(15, 41), own.slice(15, 40), 'x.oauth', 'OAUTH'),
          fc.constantFrom('/callback', '/callback/', '//callback', '/callback/x', '/CALLBACK', '/callback%3f', ''),
          fc.constantFrom('', '?', '#', '#?', '?#', '?x#'),
        )
        .map((parts) => `cloudaipilot://${parts.join('')}code=a&state=${state}`),
      fc
        .array(parameter)
        .map((pairs) =>
          callback(pairs.map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`).join('&')),
        ),
    )
    fc.assert(
      fc.property(generated, (text) => {
        const link = parseDeepLink(text)
        if (link.kind !== 'oauth-callback') return
        expect(isDeepLinkCallback(link.address)).toBe(true)
        expect(text.slice('cloudaipilot'.length)).toMatch(new RegExp(`^${link.address.slice(12)}/?\\?`))
        const [whole = ''] = text.split('#')
        const parameters = new URLSearchParams(whole.slice(whole.indexOf('?') + 1))
        expect(parameters.getAll('state')).toEqual([link.answer.state.reveal()])
        // One without a value counts as left out.
        const given = [...parameters.getAll('code'), ...parameters.getAll('error')].filter((value) => value !== '')
        expect(given).toHaveLength(1)
      }),
      { numRuns: 10_000 },
    )
  })
})

/** encodeURIComponent throws on half a surrogate pair. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '?')

describe('deepLinkFromArgv', () => {
  const link = callback(`code=a&state=${state}`)

  it.each([
    ['a plain start', ['/opt/app/cloudaipilot']],
    ['switches only', ['cloudaipilot', '--gpu-launcher=x', '.']],
    ['a link inside another argument', ['cloudaipilot', `--url=${link}`]],
    ['nothing', []],
  ])('finds none in %s', (_, argv) => {
    expect(deepLinkFromArgv(argv)).toBeNull()
  })

  it('finds one among the switches that Chromium adds', () => {
    const argv = ['cloudaipilot', '--allow-file-access-from-files', '--no-sandbox', link, '--gpu-launcher=calc']
    expect(deepLinkFromArgv(argv)?.kind).toBe('oauth-callback')
  })

  it('refuses two, even when they are equal or differ in case', () => {
    const refused = { kind: 'unknown', reason: 'several-links' }
    expect(deepLinkFromArgv([link, link])).toEqual(refused)
    expect(deepLinkFromArgv([link, 'CLOUDAIPILOT:x'])).toEqual(refused)
  })

  it('does not pass on what it does not know', () => {
    expect(deepLinkFromArgv(['cloudaipilot:open-folder?path=/etc'])).toEqual({ kind: 'unknown', reason: 'not-ours' })
  })
})
