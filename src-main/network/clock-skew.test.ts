import { expect, it } from 'vitest'
import { clockSkew } from './clock-skew'

const date = 'Mon, 23 Nov 2026 12:00:00 GMT'
const at = Date.parse(date)

it.each([
  [date, at + 3_600_000, 3_600_000],
  [date, at - 90_000, -90_000],
  [date, at + 60_000, null],
  [date, at - 59_000, null],
  [null, at, null],
  [undefined, at, null],
  ['yesterday', at, null],
])('reads %j', (header, now, skew) => {
  expect(clockSkew(header, now)).toBe(skew)
})
