import { describe, expect, it } from 'vitest'
import { type Migration, migrate, versionOf } from './migrations'

const steps: readonly Migration[] = [
  { to: 2, migrate: (value) => ({ two: value }) },
  { to: 3, migrate: (value) => ({ three: value }) },
]

describe('migrations', () => {
  it.each([
    [1, { three: { two: 'x' } }],
    [2, { three: 'x' }],
    [3, 'x'],
  ])('takes version %i through the steps after it', (version, value) => {
    expect(migrate({ version, value: 'x' }, steps)).toEqual({ version: 3, value })
  })

  it('never goes back', () => {
    expect(() => migrate({ version: 4, value: 'x' }, steps)).toThrowError('storage-failed')
  })

  it('starts at version 1 and leaves no gap', () => {
    expect(versionOf([])).toBe(1)
    expect(versionOf(steps)).toBe(3)
    expect(() => versionOf(steps.slice(1))).toThrowError(TypeError)
    expect(() => versionOf([...steps, ...steps])).toThrowError(TypeError)
  })
})
