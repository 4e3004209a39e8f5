import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { selfTestAddress } from './address'
import { deepLinkFromArgv } from './from-argv'
import { parseDeepLink } from './parse'

const state = 'c3RhdGUtb2YtdGhpcnR5LXR3by1ieXRlcw'
const callback = (query: string) => `cloudaipilot://oauth/callback?${query}`

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
    [`cloudaipilot://oauth/callback/?code=a&state=${state}`, 'not-ours'],
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
    [callback(`code=&state=${state}`), 'malformed-parameter'],
    [callback('code=a&state='), 'malformed-parameter'],
    [callback(`code=a&error=access_denied&state=${state}`), 'malformed-parameter'],
    [callback(`code=a%00b&state=${state}`), 'malformed-parameter'],
    [callback(`code=a%0d%0ab&state=${state}`), 'malformed-parameter'],
    [callback(`code=%ff&state=${state}`), 'malformed-parameter'],
    [callback(`code=a&state=${state}&iss=javascript:alert(1)`), 'malformed-parameter'],
    [callback(`code=a&state=${state}#fragment`), 'malformed-parameter'],
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
        .array(parameter)
        .map((pairs) =>
          callback(pairs.map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`).join('&')),
        ),
    )
    fc.assert(
      fc.property(generated, (text) => {
        const link = parseDeepLink(text)
        if (link.kind !== 'oauth-callback') return
        const parameters = new URLSearchParams(text.slice(text.indexOf('?') + 1))
        expect(parameters.getAll('state')).toEqual([link.answer.state.reveal()])
        expect([...parameters.getAll('code'), ...parameters.getAll('error')]).toHaveLength(1)
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
