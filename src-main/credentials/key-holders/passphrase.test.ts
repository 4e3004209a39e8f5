import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { buildEntry } from '../../testing/build-entry'
import { createDataKey } from '../envelope'
import { Secret } from '../secret'
import { deriveAside, deriveHere } from './derive-key'
import { createPassphraseHolder } from './passphrase'

const quick = { cost: 2 ** 14, blockSize: 8, parallelism: 1 }
const holderOf = (text: string, parameters = quick) => createPassphraseHolder(new Secret(text), deriveHere, parameters)
const any = () => true

describe('passphrase', () => {
  it('gives the key back to the same words only', async () => {
    const key = createDataKey()
    const record = await holderOf('correct horse').keep('id', key)
    expect((await holderOf('correct horse').fetch(record, any))?.reveal()).toBe(key.reveal())
    await expect(holderOf('correct horse ').fetch(record, any)).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect(JSON.stringify(record)).not.toContain(key.reveal())
  })

  it('uses another salt each time', async () => {
    const key = createDataKey()
    const records = [await holderOf('correct horse').keep('id', key), await holderOf('correct horse').keep('id', key)]
    expect(records[0]?.salt).not.toBe(records[1]?.salt)
    expect(Buffer.from(records[0]?.salt ?? '', 'base64')).toHaveLength(16)
  })

  it('opens what other parameters made, since they are recorded', async () => {
    const key = createDataKey()
    const record = await holderOf('correct horse', { cost: 2 ** 15, blockSize: 8, parallelism: 2 }).keep('id', key)
    expect((await holderOf('correct horse').fetch(record, any))?.reveal()).toBe(key.reveal())
  })

  it('takes composed and decomposed characters for the same', async () => {
    const record = await holderOf('schl\u00fcssel\u2011wort').keep('id', createDataKey())
    await expect(holderOf('schlu\u0308ssel\u2011wort').fetch(record, any)).resolves.not.toBeNull()
  })

  it.each(['', 'seven77', '\u{1f600}'.repeat(7)])('refuses a short one: %j', async (text) => {
    await expect(holderOf(text).keep('id', createDataKey())).rejects.toMatchObject({
      code: 'invalid-input',
      facts: { field: 'passphrase', least: '8' },
    })
  })

  it('is strong unless told otherwise, and the same in a thread of its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'derive-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const aside = deriveAside(await buildEntry('credentials/key-holders/derive-key-worker.ts', folder))
    const key = createDataKey()
    const words = new Secret('correct horse')
    const record = await createPassphraseHolder(words, aside).keep('id', key)
    expect(record).toMatchObject({ cost: 131072, blockSize: 8, parallelism: 1 })
    expect((await createPassphraseHolder(words, deriveHere).fetch(record, any))?.reveal()).toBe(key.reveal())
  })

  it('fails when the thread does', async () => {
    const derive = deriveAside(join(import.meta.dirname, 'none.cjs'))
    const keep = createPassphraseHolder(new Secret('correct horse'), derive, quick).keep('id', createDataKey())
    await expect(keep).rejects.toMatchObject({ code: 'MODULE_NOT_FOUND' })
  })
})
