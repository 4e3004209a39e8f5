import { expect, it } from 'vitest'
import { keepSame } from './keep-same'

it('keeps what has not changed, and takes what has', () => {
  const [one, two] = [
    { id: 'a', at: { x: 1 } },
    { id: 'b', at: { x: 1 } },
  ]
  const now = keepSame(
    [one, two],
    [
      { id: 'b', at: { x: 1 } },
      { id: 'a', at: { x: 2 } },
      { id: 'c', at: { x: 3 } },
    ],
  )
  expect(now.map(({ id }) => id)).toEqual(['b', 'a', 'c'])
  expect(now[0]).toBe(two)
  expect(now[1]).not.toBe(one)
  expect(keepSame(null, now)).toEqual(now)
})
