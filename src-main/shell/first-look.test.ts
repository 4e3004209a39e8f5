import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readLook } from './first-look'
import { firstPlace } from './window'

vi.mock('electron', () => ({}))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'first-look-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const file = (value: unknown) => JSON.stringify({ version: 1, value }, null, 2)

describe('how the first window looks', () => {
  it.each([
    [file({ language: 'de' }), { language: 'de', appearance: 'system' }],
    [file({ appearance: 'dark', language: 'en', more: 1 }), { language: 'en', appearance: 'dark' }],
    [file({ language: 'xx', appearance: 7 }), { language: 'system', appearance: 'system' }],
    [file({ gitPath: '/opt/"language": "de"' }), { language: 'system', appearance: 'system' }],
    [file(null), { language: 'system', appearance: 'system' }],
    ['{ "language', { language: 'system', appearance: 'system' }],
    ['', { language: 'system', appearance: 'system' }],
  ])('%s', async (text, look) => {
    await writeFile(join(folder, 'settings.json'), text)
    expect(await readLook(folder)).toEqual({ ...look, place: firstPlace })
  })

  it('has the place that was kept, if it is one', async () => {
    const place = { x: 40, y: 50, width: 900, height: 600, maximized: true }
    await writeFile(join(folder, 'window.json'), file(place))
    expect((await readLook(folder)).place).toEqual(place)
    await writeFile(join(folder, 'window.json'), file({ ...place, width: 'wide' }))
    expect((await readLook(folder)).place).toEqual(firstPlace)
  })
})
