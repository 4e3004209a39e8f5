import { expect, it } from 'vitest'
import { ownTurn } from './turn'

it('gives each its own round, in order', async () => {
  let rounds = 0
  let over = false
  const count = () => {
    rounds += 1
    if (!over) setImmediate(count)
  }
  setImmediate(count)
  const seen: (readonly [string, number])[] = []
  await Promise.all(
    ['one', 'two', 'three'].map(async (name) => {
      await ownTurn()
      seen.push([name, rounds])
    }),
  )
  over = true
  expect(seen.map(([name]) => name)).toEqual(['one', 'two', 'three'])
  expect(new Set(seen.map(([, round]) => round)).size).toBe(3)
})
