import { expect, it } from 'vitest'
import { silentLog } from '../testing/silent-log'
import { keepRecent } from './recent'

it('keeps the last warnings and errors, in order, without secrets', () => {
  const log = keepRecent(silentLog(), () => 0)
  log.info('Nothing to see')
  for (let count = 1; count <= 30; count += 1) {
    log.warn('It was refused', {
      count,
      token: 'ghp_canary0123456789',
      url: 'https://ada:secret-canary@git.acme.dev/x',
    })
  }
  log.error('It broke', { error: new Error('Bearer ghp_canary0123456789') })
  const kept = log.failures()
  expect(kept).toHaveLength(20)
  expect(kept[0]).toMatch(/^1970-01-01T00:00:00\.000Z warn It was refused .*"count":12/)
  expect(kept.at(-1)).toContain('error It broke')
  expect(kept.join()).not.toContain('canary')
  expect(kept.every((line) => line.length <= 1000 && !line.includes('\n'))).toBe(true)
})
