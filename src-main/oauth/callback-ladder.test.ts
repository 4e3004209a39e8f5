import { describe, expect, it } from 'vitest'
import { callbacksToRegister, chooseRoad } from './callback-ladder'

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

describe('chooseRoad', () => {
  it.each([
    [true, 'any-port', true, undefined, 'deep-link', ['loopback', 'paste']],
    [true, 'any-port', false, undefined, 'loopback', ['paste']],
    [false, 'any-port', true, undefined, 'loopback', ['paste']],
    [true, null, true, undefined, 'deep-link', ['paste']],
    [true, null, false, undefined, 'paste', []],
    [false, 34106, true, undefined, 'loopback', ['paste']],
    [true, 'any-port', true, 'paste', 'paste', ['deep-link', 'loopback']],
    [true, 'any-port', true, 'loopback', 'loopback', ['deep-link', 'paste']],
    [true, 'any-port', false, 'deep-link', 'loopback', ['paste']],
  ] as const)(
    'custom scheme %s, port %s, scheme ours %s, wish %s: %s',
    (deepLink, loopback, owns, wish, road, others) => {
      expect(chooseRoad(redirect(deepLink, loopback), owns, wish)).toEqual({ road, others })
    },
  )
})

describe('callbacksToRegister', () => {
  it('names what the requests will use', () => {
    expect(callbacksToRegister('x', redirect(true, 'any-port'))).toEqual([
      'cloudaipilot://oauth/callback',
      'http://127.0.0.1/oauth/callback/x',
    ])
    expect(callbacksToRegister('x', redirect(false, 34106))).toEqual(['http://localhost:34106/oauth/callback/x'])
    expect(callbacksToRegister('x', redirect(false, null))).toEqual([])
  })
})
