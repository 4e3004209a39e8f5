import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { failingDisk } from '../testing/failing-disk'
import { fixedClock } from '../testing/fixed-clock'
import { silentLog } from '../testing/silent-log'
import { smallDisk } from '../testing/small-disk'
import { createDataKey, sealCheck } from './envelope'
import { decodeDocument, encodeDocument, type VaultDocument } from './vault-document'
import { createVaultFile, type VaultFileParts } from './vault-file'

const check = sealCheck(createDataKey(), 'one')
const documentOf = (...names: readonly string[]): VaultDocument => ({
  format: 1,
  id: 'one',
  holder: { name: 'keychain', service: 'service', account: 'vault-one' },
  retired: [],
  check,
  records: names.map((name) => [name, `v1.${name}`]),
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-file-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const fileIn = (parts: Partial<VaultFileParts> = {}) =>
  createVaultFile({ folder, clock: fixedClock(Date.UTC(2026, 10, 23)), log: silentLog(), ...parts })
const main = () => join(folder, 'vault.json')
const corrupt = 'vault.corrupt-20261123T000000Z'

describe('vault document', () => {
  it('comes back as it was', () => {
    const document = documentOf('account/1', '__proto__', 'constructor', 'a "quoted"\nname', 'Ünïcode')
    expect(decodeDocument(Buffer.from(encodeDocument(document)))).toEqual(document)
  })

  it('shows every single changed bit', () => {
    const good = Buffer.from(encodeDocument(documentOf('account/1')))
    for (let bit = 0; bit < good.length * 8; bit += 1) {
      const bytes = Buffer.from(good)
      bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(() => decodeDocument(bytes)).toThrowError('vault-damaged')
    }
  })

  it('shows every cut and any other content', () => {
    const good = Buffer.from(encodeDocument(documentOf('account/1')))
    for (let length = 0; length < good.length; length += 1) {
      expect(() => decodeDocument(good.subarray(0, length))).toThrowError('vault-damaged')
    }
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from)), (bytes) => {
        expect(() => decodeDocument(Buffer.from(bytes))).toThrowError('vault-damaged')
      }),
    )
  })
})

describe('vault file', () => {
  it('starts with nothing and keeps what it is given, readable by this user only', async () => {
    expect(await fileIn().load()).toEqual({ document: null, restored: false, setAside: null })
    await fileIn().save(documentOf('a'))
    expect(await fileIn().load()).toEqual({ document: documentOf('a'), restored: false, setAside: null })
    expect(readdirSync(folder).sort()).toEqual(['vault.json', 'vault.last-good.json'])
    if (process.platform !== 'win32') {
      for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    }
  })

  it('sets a damaged file aside and brings the last good copy back, with the latest write', async () => {
    await fileIn().save(documentOf('a'))
    await fileIn().save(documentOf('a', 'b'))
    const bytes = readFileSync(main())
    bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100)
    writeFileSync(main(), bytes)
    expect(await fileIn().load()).toEqual({ document: documentOf('a', 'b'), restored: true, setAside: corrupt })
    expect(readFileSync(join(folder, corrupt))).toEqual(bytes)
    expect(await fileIn().load()).toEqual({ document: documentOf('a', 'b'), restored: false, setAside: null })
  })

  it('brings the copy back when the file is gone', async () => {
    await fileIn().save(documentOf('a'))
    rmSync(main())
    expect(await fileIn().load()).toEqual({ document: documentOf('a'), restored: true, setAside: null })
    expect(decodeDocument(readFileSync(main()))).toEqual(documentOf('a'))
  })

  it('keeps both when both are damaged, and never writes to them', async () => {
    await fileIn().save(documentOf('a'))
    writeFileSync(main(), '')
    writeFileSync(join(folder, 'vault.last-good.json'), 'nonsense')
    expect(await fileIn().load()).toEqual({ document: null, restored: false, setAside: corrupt })
    await fileIn().save(documentOf('new'))
    expect(readFileSync(join(folder, corrupt), 'utf8')).toBe('')
    expect(readFileSync(join(folder, 'vault.last-good.corrupt-20261123T000000Z'), 'utf8')).toBe('nonsense')
  })

  it('leaves a file of a later version alone', async () => {
    const later = encodeDocument({ ...documentOf('a'), format: 2 as 1 })
    writeFileSync(main(), later)
    await expect(fileIn().load()).rejects.toMatchObject({ code: 'vault-damaged', facts: { reason: 'newer' } })
    expect(readdirSync(folder)).toEqual(['vault.json'])
    expect(readFileSync(main(), 'utf8')).toBe(later)
  })

  it('tells "can not be read" from damage and touches nothing', async () => {
    mkdirSync(main())
    await expect(fileIn().load()).rejects.toMatchObject({ code: 'storage-failed', facts: { reason: 'EISDIR' } })
    expect(readdirSync(folder)).toEqual(['vault.json'])
  })

  it.skipIf(process.platform === 'win32')('reads through a link and writes to nothing that it leads to', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'))
    onTestFinished(() => rmSync(elsewhere, { recursive: true }))
    const target = join(elsewhere, 'target')
    await fileIn().save(documentOf('a'))
    for (const name of ['vault.json', 'vault.last-good.json']) {
      renameSync(join(folder, name), target)
      symlinkSync(target, join(folder, name))
      const before = readFileSync(target)
      expect((await fileIn().load()).document).toEqual(documentOf('a'))
      await fileIn().save(documentOf('a', 'b'))
      expect(readFileSync(target)).toEqual(before)
      expect(lstatSync(join(folder, name)).isFile()).toBe(true)
      await fileIn().save(documentOf('a'))
    }
  })

  it('removes what a kill left behind', async () => {
    writeFileSync(`${main()}.0123456789ab.tmp`, 'half')
    await fileIn().load()
    expect(readdirSync(folder)).toEqual([])
  })

  it('starts over without losing the old file or bringing it back', async () => {
    await fileIn().save(documentOf('a'))
    const old = readFileSync(main())
    await fileIn().startOver()
    expect(await fileIn().load()).toEqual({ document: null, restored: false, setAside: null })
    expect(readFileSync(join(folder, 'vault.set-aside-20261123T000000Z'))).toEqual(old)
  })

  it('keeps a vault whose copy could not be written', async () => {
    const disk = failingDisk()
    let written = 0
    const file = fileIn({
      fs: {
        ...disk,
        rename: async (from, to) => {
          written += 1
          disk.failing = written === 2 ? 'rename' : null
          return disk.rename(from, to)
        },
      },
    })
    await file.save(documentOf('a'))
    expect(await fileIn().load()).toEqual({ document: documentOf('a'), restored: false, setAside: null })
  })

  it('keeps the old content on a full disk and goes on when there is room again', async () => {
    const disk = smallDisk()
    try {
      const file = fileIn({ folder: disk.folder, fs: disk.fs })
      await file.save(documentOf('a'))
      disk.fill()
      await expect(file.save(documentOf('a', 'b'.repeat(64 * 1024)))).rejects.toMatchObject({
        code: 'storage-failed',
        facts: { reason: 'ENOSPC' },
      })
      expect((await file.load()).document).toEqual(documentOf('a'))
      expect(readdirSync(disk.folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
      disk.free()
      await file.save(documentOf('a', 'b'))
      expect((await file.load()).document).toEqual(documentOf('a', 'b'))
    } finally {
      disk.remove()
    }
  })
})
