import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDeepLinkCallback } from '../deep-link/address'
import { providers } from '../providers/registry'
import { addressesOf, addressOf, callbacksToRegister, earlierCallbacks } from './callbacks'
import { issuerId } from './issuer-id'

const redirect = (deepLink: boolean, loopback: 'any-port' | number | null) => ({
  authorizationEndpoint: 'https://git.example/authorize',
  tokenEndpoint: 'https://git.example/token',
  needsSecret: false,
  clientAuthentication: 'body' as const,
  deepLink,
  loopback,
  loopbackHost: typeof loopback === 'number' ? ('localhost' as const) : ('127.0.0.1' as const),
  scopes: [],
  extra: {},
})

describe('issuerId', () => {
  it('is 100 bits of a hash of the host, so that it stays what was registered', () => {
    expect(issuerId('https://github.com')).toBe('j5n1usab13kn3r3pseva')
    expect(issuerId('https://github.com')).not.toBe(issuerId('https://github.com/x'))
    expect(issuerId('https://github.com')).not.toBe(issuerId('https://github.com:8443'))
  })

  it('is safe in a host name and in a path, whatever the host', () => {
    fc.assert(fc.property(fc.string(), (host) => /^[0-9a-v]{20}$/.test(issuerId(host))))
  })
})

describe('callbacksToRegister', () => {
  it('names what the requests will use', () => {
    const host = 'https://git.example'
    const own = `oauth-${issuerId(host)}/callback`
    expect(callbacksToRegister(host, redirect(true, 'any-port'))).toEqual([
      `cloudaipilot://${own}`,
      `http://127.0.0.1/${own}`,
    ])
    expect(callbacksToRegister(host, redirect(false, 34106))).toEqual([`http://localhost:34106/${own}`])
    expect(callbacksToRegister(host, redirect(false, null))).toEqual([])
  })

  it.each(providers.map(({ card, signIn }) => [card.hosts[0]?.host ?? '', signIn] as const))(
    'gives %s the addresses that the guides name',
    (host, signIn) => {
      const { redirect } = signIn(host)
      if (redirect === undefined) throw new Error('No redirect')
      const [first, ...others] = callbacksToRegister(host, redirect).map((callback) => `\`${callback}\``)
      expect(readFileSync('README.md', 'utf8')).toContain(first)
      for (const callback of [first, ...others]) expect(readFileSync('docs/providers.md', 'utf8')).toContain(callback)
    },
  )

  it('knows its own deep links again', () => {
    const [link = ''] = callbacksToRegister('https://git.example', redirect(true, null))
    expect(isDeepLinkCallback(link)).toBe(true)
  })
})

describe('the callbacks that hosts once shared', () => {
  const hosts = [
    'https://github.com',
    'https://acme.ghe.com',
    'https://gitlab.com',
    'https://bitbucket.org',
    'https://codeberg.org',
    'https://git.example',
  ]
  /** Every one that may still be used, and by whom. */
  const uses = providers.flatMap((provider) =>
    hosts.flatMap((host) => {
      const { redirect } = provider.signIn(host)
      return redirect === undefined
        ? []
        : addressesOf(earlierCallbacks(provider.id, redirect), redirect).map((address) => ({
            address,
            host,
            needsIssuer: redirect.earlier?.needsIssuer,
          }))
    }),
  )

  it('stay with one host each, unless the others name themselves', () => {
    const alone = uses.filter(({ needsIssuer }) => needsIssuer === false)
    expect(Object.fromEntries(alone.map(({ address, host }) => [address, host]))).toEqual({
      'cloudaipilot://oauth/callback': 'https://github.com',
      'http://127.0.0.1/oauth/callback/github': 'https://github.com',
      'http://127.0.0.1/oauth/callback/gitlab': 'https://gitlab.com',
      'http://localhost:34106/oauth/callback/bitbucket': 'https://bitbucket.org',
      'http://127.0.0.1/oauth/callback/gitea': 'https://codeberg.org',
    })
    expect(alone).toHaveLength(5)
  })

  it('are never shared where callbacks are not compared to the letter', () => {
    const shared = new Set(uses.filter(({ needsIssuer }) => needsIssuer === true).map(({ address }) => address))
    expect([...shared].sort()).toEqual([
      'http://127.0.0.1/oauth/callback/gitea',
      'http://127.0.0.1/oauth/callback/gitlab',
    ])
  })
})

describe('addressOf', () => {
  it.each([
    ['CloudAIPilot://oauth-x/callback?code=a', 'cloudaipilot://oauth-x/callback'],
    ['http://127.0.0.1:1/x/?code=a', 'http://127.0.0.1:1/x'],
    ['http://127.0.0.1:1/x#code=a', 'http://127.0.0.1:1/x'],
    ['http://127.0.0.1:1/X/../x?code=a', 'http://127.0.0.1:1/X/../x'],
    ['http://127.0.0.1:1/x//?code=a', 'http://127.0.0.1:1/x/'],
    ['http://127.0.0.1:01/%78?code=a', 'http://127.0.0.1:01/%78'],
    ['?code=a', ''],
  ])('of %j is %j', (landed, address) => expect(addressOf(landed)).toBe(address))
})
