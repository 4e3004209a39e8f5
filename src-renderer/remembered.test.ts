import { number } from 'valibot'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { home } from './last-path'
import { createLocation } from './location'
import { remembered } from './remembered'

const withStore = (items: Map<string, string>, fails = false) =>
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (fails) throw new Error('full')
      items.set(key, value)
    },
  })

afterEach(() => vi.unstubAllGlobals())

describe('what the window remembers', () => {
  it('comes back at the next start', () => {
    withStore(new Map())
    remembered('size', number(), 1).write(7)
    expect(remembered('size', number(), 1).read()).toBe(7)
  })

  it.each(['', '{', 'null', '"seven"'])('is the fallback when the store holds %j', (stored) => {
    withStore(new Map([['size', stored]]))
    expect(remembered('size', number(), 1).read()).toBe(1)
  })

  it('is the fallback without a store, and a full store is no failure', () => {
    expect(remembered('size', number(), 1).read()).toBe(1)
    withStore(new Map(), true)
    remembered('size', number(), 1).write(7)
    expect(remembered('size', number(), 1).read()).toBe(1)
  })

  it('never leads out of the window', () => {
    expect(createLocation('https://example.org/').current().path).toBe(home)
    expect(createLocation('//example.org/').current().path).toBe(home)
  })
})
