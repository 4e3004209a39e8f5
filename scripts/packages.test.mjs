import { describe, expect, it } from 'vitest'
import { matchesLock } from './packages.mjs'

const locked = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.2.3', integrity: 'sha512-a' },
  'node_modules/only-elsewhere': { version: '2.0.0', integrity: 'sha512-b', optional: true },
}
const a = locked['node_modules/a']

describe('packages are taken as installed', () => {
  it.each([
    [
      'when all are there',
      { 'node_modules/a': a, 'node_modules/only-elsewhere': locked['node_modules/only-elsewhere'] },
      true,
    ],
    ['when those for other systems are absent', { 'node_modules/a': a }, true],
    ['not when one is absent', {}, false],
    ['not when one has another version', { 'node_modules/a': { ...a, version: '1.2.4' } }, false],
    ['not when one has other contents', { 'node_modules/a': { ...a, integrity: 'sha512-z' } }, false],
    ['not when one is left over', { 'node_modules/a': a, 'node_modules/gone': a }, false],
  ])('%s', (_, installed, expected) => {
    expect(matchesLock(locked, installed)).toBe(expected)
  })
})
