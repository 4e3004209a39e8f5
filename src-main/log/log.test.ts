import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Secret } from '../credentials/secret'
import { createLog } from './log'

const folders: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

describe('log', () => {
  it('writes one JSON object a line, readable by this user only', () => {
    const file = join(newFolder(), 'logs', 'main.log')
    const log = createLog({ file })
    log.info('Started', { version: '1.2.3' })
    log.warn('First\nsecond %s %c line')
    log.error('A call ended unexpectedly', { where: 'accounts.list', error: new Error('no') })
    const lines = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { level: 'info', message: 'Started', facts: { version: '1.2.3' } },
      { level: 'warn', message: 'First second %s %c line' },
      { level: 'error', facts: { where: 'accounts.list', error: { name: 'Error', message: 'no' } } },
    ])
    expect(lines[0].at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('writes no secret and no query', () => {
    const file = join(newFolder(), 'main.log')
    const log = createLog({ file })
    log.info('Callback cloudaipilot://oauth/callback?code=canary1&state=canary1', {
      secret: new Secret('canary2'),
      url: 'https://user:canary3@example.com/a?b=canary3',
      error: Object.assign(new Error('401 for Bearer canary4canary4'), { token: 'canary5' }),
    })
    expect(readFileSync(file, 'utf8')).not.toMatch(/canary\d/)
  })

  it('stays within its size, keeping one older file', () => {
    const folder = newFolder()
    const log = createLog({ file: join(folder, 'main.log'), maxBytes: 4096 })
    for (let index = 0; index < 500; index += 1) log.info('A line that is about a hundred characters long', { index })
    expect(readdirSync(folder).sort()).toEqual(['main.log', 'main.old.log'])
    const size = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    expect(size).toBeLessThan(2 * 4096 + 500)
    expect(readFileSync(join(folder, 'main.log'), 'utf8')).toContain('"index":499')
  })
})
