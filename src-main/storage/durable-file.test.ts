import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DiskStep, failingDisk } from '../testing/failing-disk'
import { readIfThere, removeLeftovers, setAside, writeDurably } from './durable-file'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'durable-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('writeDurably', () => {
  it('replaces the content and leaves nothing else', async () => {
    const path = join(folder, 'new', 'a.json')
    await writeDurably(path, 'one')
    await writeDurably(path, 'two')
    expect(readFileSync(path, 'utf8')).toBe('two')
    expect(readdirSync(join(folder, 'new'))).toEqual(['a.json'])
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it.each<DiskStep>(['open', 'write', 'sync', 'rename'])(
    'keeps the old content when the disk fails at %s',
    async (step) => {
      const disk = failingDisk()
      const path = join(folder, 'a.json')
      await writeDurably(path, 'old', disk)
      disk.failing = step
      await expect(writeDurably(path, 'new', disk)).rejects.toMatchObject({
        code: 'storage-failed',
        facts: { path, reason: 'ENOSPC' },
      })
      expect(readFileSync(path, 'utf8')).toBe('old')
      expect(readdirSync(folder)).toEqual(['a.json'])
    },
  )

  it('says why when the folder is a file', async () => {
    writeFileSync(join(folder, 'file'), '')
    await expect(writeDurably(join(folder, 'file', 'a.json'), 'x')).rejects.toMatchObject({ code: 'storage-failed' })
  })
})

describe('removeLeftovers', () => {
  it('removes its own temporary files only', async () => {
    for (const name of ['a.json', 'a.json.0123456789ab.tmp', 'a.json.tmp', 'b.json.0123456789ab.tmp', 'a.json.bak']) {
      writeFileSync(join(folder, name), 'x')
    }
    await removeLeftovers(join(folder, 'a.json'))
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'a.json.bak', 'a.json.tmp', 'b.json.0123456789ab.tmp'])
  })

  it('has nothing to do where there is no folder', async () => {
    await expect(removeLeftovers(join(folder, 'none', 'a.json'))).resolves.toBeUndefined()
  })
})

describe('setAside', () => {
  it('never takes the place of another file', async () => {
    const path = join(folder, 'a.json')
    const now = Date.UTC(2026, 10, 23, 1, 2, 3, 456)
    const names: string[] = []
    for (const content of ['one', 'two', 'three']) {
      writeFileSync(path, content)
      names.push(await setAside(path, 'corrupt', now))
    }
    expect(names).toEqual([
      'a.corrupt-20261123T010203Z',
      'a.corrupt-20261123T010203Z-2',
      'a.corrupt-20261123T010203Z-3',
    ])
    expect(names.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['one', 'two', 'three'])
  })
})

describe('readIfThere', () => {
  it('tells "not there" from "can not be read"', async () => {
    await expect(readIfThere(join(folder, 'none'))).resolves.toBeNull()
    await expect(readIfThere(folder)).rejects.toMatchObject({ code: 'storage-failed', facts: { reason: 'EISDIR' } })
  })
})
