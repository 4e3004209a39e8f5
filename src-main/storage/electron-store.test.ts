import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { array, number, object, string } from 'valibot'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fixedClock } from '../testing/fixed-clock'
import { silentLog } from '../testing/silent-log'
import { smallDisk } from '../testing/small-disk'
import { createElectronStore, type ElectronStoreParts } from './electron-store'

// Outside of Electron its package only says where the program is; named, it does not look for it.
vi.hoisted(() => {
  process.env.ELECTRON_OVERRIDE_DIST_PATH = '/electron'
})

const Note = object({ title: string(), numbers: array(number()) })
type Note = { readonly title: string; readonly numbers: readonly number[] }

let folder: string
let notices: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'))
  notices = []
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const openStore = (parts: Partial<ElectronStoreParts<Note>> = {}) =>
  createElectronStore<Note>({
    folder,
    name: 'note',
    schema: Note,
    initial: { title: '', numbers: [] },
    clock: fixedClock(Date.UTC(2026, 10, 23)),
    log: silentLog(),
    notice: ({ detail }) => notices.push(detail),
    ...parts,
  })
const titled = (title: string) => (note: Note) => ({ ...note, title })
const main = () => join(folder, 'note.json')
const copy = () => join(folder, 'note.last-good.json')
const onDisk = (path = main()) => JSON.parse(readFileSync(path, 'utf8'))

describe('electron store', () => {
  it('starts with the initial value and writes nothing until something changes', async () => {
    expect(openStore().read()).toEqual({ title: '', numbers: [] })
    await openStore().update((note) => note)
    expect(readdirSync(folder)).toEqual([])
  })

  it('is durable when an update resolves, in both files, readable by this user only', async () => {
    const store = openStore()
    expect(await store.update(titled('one'))).toEqual({ title: 'one', numbers: [] })
    expect(store.read().title).toBe('one')
    for (const path of [main(), copy()]) {
      expect(onDisk(path)).toEqual({ version: 1, value: { title: 'one', numbers: [] } })
      if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
    }
    expect(openStore().read().title).toBe('one')
  })

  it('applies changes in their order and writes those of one turn together', async () => {
    const store = openStore()
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        store.update((note) => ({ ...note, numbers: [...note.numbers, index] })),
      ),
    )
    expect(results[41]?.numbers).toHaveLength(42)
    expect(openStore().read().numbers).toEqual(Array.from({ length: 100 }, (_, index) => index))
  })

  it('lets one bad change fail alone', async () => {
    const store = openStore()
    const results = await Promise.allSettled([
      store.update(titled('one')),
      store.update(() => {
        throw new RangeError('no')
      }),
      store.update(() => ({ title: 7 }) as unknown as Note),
      store.update((note) => ({ ...note, title: `${note.title} two` })),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(openStore().read().title).toBe('one two')
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"version":1}',
    '{"version":0,"value":{}}',
    '{"version":1,"value":{"title":7}}',
    '\0\0\0',
  ])('sets a file aside that it can not read, and brings the copy back: %j', async (content) => {
    await openStore().update(titled('one'))
    writeFileSync(main(), content)
    const store = openStore()
    expect(store.read().title).toBe('one')
    expect(notices).toEqual(['note.corrupt-20261123T000000Z'])
    expect(readFileSync(join(folder, 'note.corrupt-20261123T000000Z'), 'utf8')).toBe(content)
    await vi.waitFor(() => expect(onDisk().value.title).toBe('one'))
    await store.update(titled('two'))
    expect(openStore().read().title).toBe('two')
    expect(notices).toHaveLength(1)
  })

  it('keeps both files when neither can be read', async () => {
    writeFileSync(main(), 'bad')
    writeFileSync(copy(), 'worse')
    const store = openStore()
    expect(store.read()).toEqual({ title: '', numbers: [] })
    expect(notices).toEqual(['note.corrupt-20261123T000000Z'])
    await store.update(titled('one'))
    expect(readFileSync(join(folder, 'note.corrupt-20261123T000000Z'), 'utf8')).toBe('bad')
    expect(readFileSync(join(folder, 'note.last-good.corrupt-20261123T000000Z'), 'utf8')).toBe('worse')
  })

  it('brings the copy back when the file is gone, and says so once', async () => {
    await openStore().update(titled('one'))
    rmSync(main())
    expect(openStore().read().title).toBe('one')
    expect(notices).toEqual(['note.last-good.json'])
    await vi.waitFor(() => expect(onDisk().value.title).toBe('one'))
    openStore()
    expect(notices).toHaveLength(1)
  })

  it('moves an older file forward, backed up first', async () => {
    await openStore().update(titled('one'))
    const before = readFileSync(main(), 'utf8')
    const migrations = [{ to: 2, migrate: (value: unknown) => ({ ...(value as Note), numbers: [2] }) }]
    const store = openStore({ migrations })
    expect(store.read()).toEqual({ title: 'one', numbers: [2] })
    await vi.waitFor(() => expect(onDisk()).toEqual({ version: 2, value: { title: 'one', numbers: [2] } }))
    expect(readFileSync(join(folder, 'note.version-1-20261123T000000Z'), 'utf8')).toBe(before)
    await openStore({ migrations }).update(titled('two'))
    expect(readdirSync(folder).filter((name) => name.includes('version'))).toHaveLength(1)
    expect(notices).toEqual([])
  })

  it('keeps a file of a later version, and a file that a step can not take', async () => {
    writeFileSync(main(), '{"version":2,"value":{"title":"later","numbers":[]}}')
    expect(openStore().read().title).toBe('')
    writeFileSync(main(), '{"version":1,"value":{"title":"odd","numbers":[]}}')
    const failing = () => {
      throw new TypeError('no')
    }
    expect(openStore({ migrations: [{ to: 2, migrate: failing }] }).read().title).toBe('')
    expect(notices).toEqual(['note.newer-20261123T000000Z', 'note.corrupt-20261123T000000Z'])
  })

  it('is as it was when it can not write, and goes on when it can', async () => {
    const store = openStore()
    await store.update(titled('one'))
    rmSync(copy())
    mkdirSync(join(copy(), 'in the way'), { recursive: true })
    await expect(store.update(titled('two'))).rejects.toMatchObject({ code: 'storage-failed' })
    expect([store.read().title, onDisk().value.title]).toEqual(['one', 'one'])
    rmSync(copy(), { recursive: true })
    await store.update(titled('three'))
    expect(openStore().read().title).toBe('three')
  })

  it('loses nothing to a disk with room for one file but not for two', async () => {
    const disk = smallDisk()
    try {
      const store = openStore({ folder: disk.folder })
      const outcomes: string[] = []
      // On a disk of its own: nothing fits; the copy does and the file itself comes to a halt half way; both do.
      for (const room of [4096, 24_576, 65_536]) {
        await store.update(titled('small'))
        if (disk.real) disk.fill(room)
        const big = titled(`${room} `.repeat(3000))
        outcomes.push(
          await store.update(big).then(
            () => 'written',
            ({ code }) => code,
          ),
        )
        if (outcomes.at(-1) !== 'written') expect(store.read().title).toBe('small')
        expect(openStore({ folder: disk.folder }).read()).toEqual(store.read())
        expect(notices).toEqual([])
        if (disk.real) disk.free()
      }
      expect(outcomes).toEqual([disk.real ? 'storage-failed' : 'written', 'written', 'written'])
    } finally {
      disk.remove()
    }
  })

  it('writes whole files under SNAP, too', async () => {
    vi.stubEnv('SNAP', '/snap/terminal/1')
    const store = openStore()
    await store.update(titled('one'))
    const inode = statSync(main()).ino
    await store.update(titled('two'))
    expect(statSync(main()).ino).not.toBe(inode)
    expect(process.env.SNAP).toBe('/snap/terminal/1')
  })

  it('removes what a kill left behind', async () => {
    for (const path of [main(), copy()]) {
      for (const end of ['0123456789ab.tmp', 'tmp-1234567890abcdef']) writeFileSync(`${path}.${end}`, 'half')
    }
    await openStore().settled()
    expect(readdirSync(folder)).toEqual([])
  })

  it('says when nothing is being written any more', async () => {
    const store = openStore()
    const updates = [store.update(titled('one')), store.update(titled('two'))]
    await store.settled()
    expect(onDisk().value.title).toBe('two')
    await Promise.all(updates)
  })
})
