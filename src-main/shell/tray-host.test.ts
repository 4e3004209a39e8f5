import { expect, it } from 'vitest'
import { fixedClock } from '../testing/fixed-clock'
import { createTrayHost } from './tray-host'

it('is what it was when the session bus does not answer', async () => {
  const clock = fixedClock()
  const answers: (() => Promise<boolean>)[] = []
  const host = createTrayHost(() => (answers.shift() ?? (() => new Promise<never>(() => undefined)))(), clock)
  const silent = async () => {
    const answer = host.askWithin(1000)
    clock.advance(1000)
    return answer
  }
  expect(await silent()).toBe(false)
  answers.push(async () => true)
  expect(await host.ask()).toBe(true)
  expect(await silent()).toBe(true)
  answers.push(async () => false)
  expect(await host.askWithin(1000)).toBe(false)
  expect(clock.waiting).toBe(0)
})
