import { describe, expect, it } from 'vitest'
import { chooseRoad } from './callback-ladder'

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
      const callbacks = { deepLink: deepLink ? 'x://y' : null, loopbackPath: loopback === null ? null : '/z' }
      expect(chooseRoad(callbacks, owns, wish)).toEqual({ road, others })
    },
  )
})
