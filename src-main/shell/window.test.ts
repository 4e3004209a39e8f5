import { describe, expect, it, vi } from 'vitest'
import { firstPlace, visiblePlace } from './window'

vi.mock('electron', () => ({}))

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const beside = { x: 1440, y: 0, width: 1920, height: 1080 }
const at = (x: number | null, y: number | null) => ({ ...firstPlace, x, y })

describe('where the window was', () => {
  it.each([
    ['on the first screen', at(100, 100), [laptop]],
    ['on the second', at(1600, 200), [laptop, beside]],
    ['across both', at(1000, 100), [laptop, beside]],
    ['a little outside', at(-300, 60), [laptop]],
  ])('is where it is again: %s', (_, place, screens) => expect(visiblePlace(place, screens)).toEqual(place))

  it.each([
    ['on a screen that has gone', at(1600, 200), [laptop]],
    ['below all screens', at(100, 900), [laptop]],
    ['above, where its title could not be reached', at(100, -400), [laptop]],
    ['all but out of sight', at(-1150, 60), [laptop]],
    ['nowhere yet', at(null, null), [laptop]],
    ['anywhere, with no screen at all', at(0, 0), []],
  ])('is the middle: %s', (_, place, screens) => {
    expect(visiblePlace(place, screens)).toMatchObject({ x: null, y: null, width: firstPlace.width })
  })
})
