import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathMatcher } from './router'

describe('pathMatcher', () => {
  it.each([
    ['/a/:b', '/a/x', { b: 'x' }],
    ['/a/:b', '/a/x/', { b: 'x' }],
    ['/a/:b', '/a/x%2Fy', { b: 'x/y' }],
    ['/a/:b', '/a/x/y', null],
    ['/a/:b/*rest', '/a/x/y/z', { b: 'x', rest: 'y/z' }],
    ['/*path/info/refs', '/group/sub/app.git/info/refs', { path: 'group/sub/app.git' }],
    ['/*path/info/refs', '/info/refs', null],
    ['/a.b', '/axb', null],
    ['/a/:b', '/a/%zz', { b: '%zz' }],
  ])('%s of %s is %j', (pattern, path, expected) => {
    expect(pathMatcher(pattern)(path)).toEqual(expected)
  })

  it('gives back any segment that was encoded into an address', () => {
    const match = pathMatcher('/projects/:id/hooks')
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
        expect(match(`/projects/${encodeURIComponent(id)}/hooks`)).toEqual({ id })
      }),
    )
  })
})
