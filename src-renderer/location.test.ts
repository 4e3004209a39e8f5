import { describe, expect, it } from 'vitest'
import { home } from './last-path'
import { createLocation, parsePlace } from './location'
import { matchRoute, type Route } from './route'

const Page = () => null
const route = (path: string): Route => ({ path, crumbs: [path], page: Page })

describe('parsePlace', () => {
  it.each([
    ['/accounts', { path: '/accounts', query: {}, anchor: null }],
    [
      '/accounts/connect?provider=github&host=x#top',
      { path: '/accounts/connect', query: { provider: 'github', host: 'x' }, anchor: 'top' },
    ],
    ['/repositories/', { path: '/repositories', query: {}, anchor: null }],
    ['/', { path: home, query: {}, anchor: null }],
    ['https://example.test/accounts', { path: home, query: {}, anchor: null }],
    ['//example.test/x', { path: home, query: {}, anchor: null }],
    ['javascript:alert(1)', { path: home, query: {}, anchor: null }],
    ['', { path: home, query: {}, anchor: null }],
  ])('%s', (to, place) => {
    expect(parsePlace(to)).toMatchObject(place)
  })
})

describe('history', () => {
  it('goes back and forward, and drops what was ahead when one goes elsewhere', () => {
    const location = createLocation('/a')
    location.navigate('/b')
    location.navigate('/c')
    location.back()
    expect(location.current().path).toBe('/b')
    location.forward()
    expect(location.current().path).toBe('/c')
    location.back()
    location.back()
    location.back()
    expect(location.current().path).toBe('/a')
    location.navigate('/d')
    location.forward()
    expect(location.current().path).toBe('/d')
    expect(location.store.getState().entries.map(({ path }) => path)).toEqual(['/a', '/d'])
  })

  it('does not count going to where one is', () => {
    const location = createLocation('/a')
    location.navigate('/a')
    expect(location.store.getState().entries).toHaveLength(1)
    location.navigate('/a?x=2')
    expect(location.store.getState().entries).toHaveLength(2)
  })

  it('makes a new visit of going to the same place with a query', () => {
    const location = createLocation('/a?x=1')
    const { visit } = location.current()
    location.navigate('/a?x=1')
    expect(location.store.getState().entries).toHaveLength(1)
    expect(location.current().visit).not.toBe(visit)
  })

  it('remembers fifty places', () => {
    const location = createLocation('/0')
    for (let step = 1; step <= 80; step += 1) location.navigate(`/${step}`)
    expect(location.store.getState().entries).toHaveLength(50)
    expect(location.current().path).toBe('/80')
  })

  it('replaces a place, so that back skips it', () => {
    const location = createLocation('/a')
    location.navigate('/b')
    location.replace('/c')
    expect(location.current().path).toBe('/c')
    location.back()
    expect(location.current().path).toBe('/a')
  })
})

describe('matchRoute', () => {
  const routes = [route('/apps/:id'), route('/apps/new'), route('/apps')]

  it.each([
    ['/apps', '/apps', {}],
    ['/apps/new', '/apps/new', {}],
    ['/apps/42?tab=log', '/apps/:id', { id: '42', tab: 'log' }],
    ['/apps/a%2Fb', '/apps/:id', { id: 'a/b' }],
  ])('%s shows %s', (to, path, params) => {
    const match = matchRoute(routes, parsePlace(to))
    expect(match?.route.path).toBe(path)
    expect(match?.params).toEqual(params)
  })

  it.each(['/elsewhere', '/apps/1/2', '/apps/%E0%A4%A'])('%s shows nothing', (to) => {
    expect(matchRoute(routes, parsePlace(to))).toBeNull()
  })
})
