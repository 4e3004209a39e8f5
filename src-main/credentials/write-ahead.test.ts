import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FailingDisk, failingDisk } from '../testing/failing-disk'
import { fixedClock } from '../testing/fixed-clock'
import { silentLog } from '../testing/silent-log'
import { createDataKey, sealCheck } from './envelope'
import { Secret } from './secret'
import { createVaultFile } from './vault-file'
import { createRecords, type VaultRecords } from './vault-records'

const name = 'account/1'
const key = createDataKey()

let folder: string
let disk: FailingDisk
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ahead-'))
  disk = failingDisk()
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The vault as the next start of the app finds it. */
const open = async (id = 'id', under = key): Promise<VaultRecords> => {
  const file = createVaultFile({ folder, clock: fixedClock(), log: silentLog(), fs: disk })
  const { document } = await file.load()
  const empty = {
    format: 1 as const,
    id,
    holder: { name: 'session' as const },
    retired: [],
    check: sealCheck(under, id),
    records: [],
  }
  const records = createRecords(file, under, document ?? empty)
  await records.takeArrived()
  return records
}
const places = () => readdirSync(folder).filter((file) => file.startsWith('vault.ahead-'))
const pathOf = (file = places()[0] ?? '') => join(folder, file)
const value = async (records: VaultRecords, of = name) => (await records.get(of))?.reveal()

it('brings what had arrived when the app ended, for a record that was there and for a new one', async () => {
  const vault = await open()
  await vault.set(name, new Secret('old'))
  await (await vault.writeAhead(name)).write(new Secret('new'))
  await (await vault.writeAhead('sign-in/received')).write(new Secret('first'))
  const again = await open()
  expect(await value(again)).toBe('new')
  expect(await value(again, 'sign-in/received')).toBe('first')
  expect(places()).toEqual([])
})

it('has the value on the disk when the call returns, before anything is awaited, sealed and for this user only', async () => {
  const vault = await open()
  const ahead = await vault.writeAhead(name)
  const [size, mode] = [statSync(pathOf()).size, statSync(pathOf()).mode & 0o777]
  const written = ahead.write(new Secret('open sesame'))
  const text = readFileSync(pathOf(), 'utf8')
  expect(text.trimEnd().endsWith('}')).toBe(true)
  expect(text).not.toContain('open sesame')
  // The room was there before, so that a full disk can't refuse it now.
  expect(text).toHaveLength(size)
  if (process.platform !== 'win32') expect(mode).toBe(0o600)
  await written
  await ahead.close()
  expect(places()).toEqual([])
})

it('leaves the record alone where nothing, or a part only, had come', async () => {
  const vault = await open()
  await vault.set(name, new Secret('old'))
  await vault.writeAhead(name)
  expect(await value(await open())).toBe('old')
  await (await vault.writeAhead(name)).write(new Secret('new'))
  const whole = readFileSync(pathOf(), 'utf8')
  const end = whole.indexOf('\n')
  for (const kept of [0, 1, end >> 1, end - 1, end]) {
    writeFileSync(pathOf('vault.ahead-000000000000'), whole.slice(0, kept))
    for (const file of places().filter((one) => !one.endsWith('0'.repeat(12)))) rmSync(pathOf(file))
    expect(await value(await open())).toBe('old')
    expect(places()).toEqual([])
  }
})

it('never puts an old value in the place of a newer one', async () => {
  const vault = await open()
  await vault.set(name, new Secret('old'))
  const ahead = await vault.writeAhead(name)
  await ahead.write(new Secret('renewed'))
  const file = places()[0] ?? ''
  const line = readFileSync(pathOf(), 'utf8')
  await vault.set(name, new Secret('signed in again'))
  expect(await value(await open())).toBe('signed in again')
  // Nor when somebody puts the file back, under another name of a record or as it was.
  for (const text of [line, line.replace(name, 'account/2'), line.replace(/"replaces":"\w+"/, '"replaces":null')]) {
    writeFileSync(pathOf(file), text)
    const again = await open()
    expect(await value(again)).toBe('signed in again')
    expect(await again.names()).toEqual([name])
  }
})

it('brings nothing back of an arrival that has ended, when its file is put back', async () => {
  const received = 'sign-in/received'
  const vault = await open()
  const copies: string[] = []
  const arrive = async (text: string) => {
    const ahead = await vault.writeAhead(received)
    await ahead.write(new Secret(text))
    copies.push(readFileSync(pathOf(), 'utf8'))
    return ahead
  }
  // One was put under another name, one under its own and removed, one was taken at a start, and then removed.
  const first = await arrive('one')
  await vault.set(name, new Secret('account'))
  await first.close()
  const second = await arrive('two')
  await vault.set(received, new Secret('two'))
  await second.close()
  await vault.delete(received)
  await arrive('three')
  const next = await open()
  expect(await value(next, received)).toBe('three')
  await next.delete(received)
  for (const text of copies) {
    writeFileSync(pathOf('vault.ahead-0123456789ab'), text)
    const again = await open()
    expect(await again.names()).toEqual([name])
    expect(places()).toEqual([])
  }
  // What really arrives is taken as ever.
  await (await (await open()).writeAhead(received)).write(new Secret('four'))
  expect(await value(await open(), received)).toBe('four')
})

it('takes what arrived beside other writes, and where its record came and went meanwhile takes nothing', async () => {
  const vault = await open()
  await (await vault.writeAhead('a')).write(new Secret('arrived'))
  for (const text of ['1', '2', '3']) await vault.set(name, new Secret(text))
  const b = await vault.writeAhead('b')
  await b.write(new Secret('late'))
  await vault.set('b', new Secret('newer'))
  await vault.delete('b')
  const again = await open()
  expect(await value(again, 'a')).toBe('arrived')
  expect(await again.names()).toEqual([name, 'a'].sort())
})

it('brings nothing back from a place that was given back, where its file can not be removed', async () => {
  const vault = await open()
  const { rm } = disk
  const ahead = await vault.writeAhead('sign-in/received')
  await ahead.write(new Secret('first'))
  disk.rm = async () => {
    throw new Error('EBUSY')
  }
  await ahead.close()
  disk.rm = rm
  expect(places()).toHaveLength(1)
  expect(await (await open()).names()).toEqual([])
  expect(places()).toEqual([])
})

it('takes nothing that another key has sealed, or that is for another vault', async () => {
  const vault = await open()
  await (await vault.writeAhead(name)).write(new Secret('new'))
  const [file = ''] = places()
  const line = readFileSync(pathOf(file), 'utf8')
  expect(await (await open('id', createDataKey())).names()).toEqual([])
  writeFileSync(pathOf(file), line)
  for (const own of ['vault.json', 'vault.last-good.json']) rmSync(join(folder, own))
  expect(await (await open('other')).names()).toEqual([])
  expect(places()).toEqual([])
})

it('refuses the place, not the value, where the disk is full', async () => {
  const vault = await open()
  for (const step of ['open', 'write', 'sync'] as const) {
    disk.failing = step
    await expect(vault.writeAhead(name)).rejects.toMatchObject({ code: 'storage-failed', facts: { reason: 'ENOSPC' } })
    expect(places()).toEqual([])
  }
})

it('keeps the value for the next start where the vault can not be written', async () => {
  const vault = await open()
  await (await vault.writeAhead(name)).write(new Secret('new'))
  disk.failing = 'rename'
  await expect(open()).rejects.toMatchObject({ code: 'storage-failed' })
  expect(places()).toHaveLength(1)
  disk.failing = null
  expect(await value(await open())).toBe('new')
})
