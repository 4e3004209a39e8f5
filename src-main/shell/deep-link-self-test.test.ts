import { describe, expect, it } from 'vitest'
import { fixedClock } from '../testing/fixed-clock'
import { createDeepLinkSelfTest } from './deep-link-self-test'

describe('the self-test of links', () => {
  it('measures a link that comes back', async () => {
    const clock = fixedClock(0)
    const test = createDeepLinkSelfTest(async (nonce) => {
      clock.advance(120)
      test.arrived(nonce)
    }, clock)
    expect(await test.run()).toBe(120)
  })

  it('gives up on one that does not, and is not fooled by another', async () => {
    const clock = fixedClock(0)
    const test = createDeepLinkSelfTest(async () => {
      test.arrived('somebody-else')
      clock.advance(5000)
    }, clock)
    expect(await test.run()).toBeNull()
  })

  it('says no when the system can open nothing', async () => {
    const test = createDeepLinkSelfTest(async () => Promise.reject(new Error('no handler')), fixedClock(0))
    expect(await test.run()).toBeNull()
  })
})
