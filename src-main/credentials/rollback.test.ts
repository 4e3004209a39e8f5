import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failingDisk } from '../testing/failing-disk'
import { fixedClock } from '../testing/fixed-clock'
import { type MemoryKeychain, memoryKeychain } from '../testing/memory-keychain'
import { silentLog } from '../testing/silent-log'
import { createVault } from './envelope-vault'
import { deriveHere } from './key-holders/derive-key'
import { createKeychainHolder } from './key-holders/keychain'
import { createPassphraseHolder } from './key-holders/passphrase'
import { createSafeStorageHolder } from './key-holders/safe-storage'
import { createSessionHolder } from './key-holders/session'
import { createLastSeen } from './last-seen'
import { createRollbackWatch } from './rollback'
import { Secret } from './secret'
import type { EnvelopeVault } from './vault-door'
import { createVaultFile } from './vault-file'

const words = new Secret('nine crooked lanterns')
const quick = { cost: 2 ** 14, blockSize: 8, parallelism: 1 }

let folder: string
let keychain: MemoryKeychain
let told: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollback-'))
  keychain = memoryKeychain()
  told = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = (name = 'vault.json') => join(folder, name)
/** Puts both files aside under a name, as a backup does, or back. */
const backUp = (name: string) => {
  for (const of of ['vault', 'vault.last-good']) copyFileSync(file(`${of}.json`), file(`${of}.${name}`))
}
const putBack = (name: string) => {
  for (const of of ['vault', 'vault.last-good']) copyFileSync(file(`${of}.${name}`), file(`${of}.json`))
}

const readIfAny = (path: string) => (existsSync(path) ? readFileSync(path) : undefined)

const disk = failingDisk()
const clock = fixedClock(0)
const newVault = (): EnvelopeVault =>
  createVault({
    file: createVaultFile({ folder, clock, log: silentLog(), fs: disk }),
    holders: {
      keychain: createKeychainHolder(keychain, 'CloudAIPilot test', 'linux'),
      safeStorage: createSafeStorageHolder(
        { isEncryptionAvailable: () => false, encryptString: () => Buffer.alloc(0), decryptString: () => '' },
        'linux',
      ),
      passphrase: (passphrase) => createPassphraseHolder(passphrase, deriveHere, quick),
      session: createSessionHolder,
    },
    clock,
    log: silentLog(),
    rollback: createRollbackWatch({
      lastSeen: createLastSeen({ folder, keychain }),
      clock,
      log: silentLog(),
      onRolledBack: () => {
        told += 1
      },
    }),
  })

/** One run of the app: it opens the vault, does something, and ends. A kill forgets what was not remembered yet. */
const run = async (act: (vault: EnvelopeVault) => Promise<unknown> = async () => undefined, end = true) => {
  const vault = newVault()
  await vault.open()
  if (vault.status().state === 'choose') await vault.choosePassphrase(words)
  if (vault.status().state === 'locked') await vault.unlock(words)
  expect(vault.status().state).toBe('open')
  await act(vault)
  if (end) await vault.close()
  return told
}
const write = (value: string) => (vault: EnvelopeVault) => vault.set('token', new Secret(value))

describe.each(['keychain', 'passphrase'])('a vault whose key is kept by %s', (holder) => {
  beforeEach(() => {
    keychain.mode = holder === 'keychain' ? 'ok' : 'unavailable'
  })

  it('is told from an older one that was put back, until it is written again; nothing is lost', async () => {
    await run(write('first'))
    backUp('backup')
    await run(write('second'))
    expect(await run()).toBe(0)
    putBack('backup')
    await run(async (vault) => {
      await vi.waitFor(() => expect(told).toBe(1))
      expect((await vault.get('token'))?.reveal()).toBe('first')
    })
    expect(await run(write('third'))).toBe(2)
    expect(await run(async (vault) => expect((await vault.get('token'))?.reveal()).toBe('third'))).toBe(2)
    // The one between is older than that, too.
    putBack('backup')
    await run(async () => vi.waitFor(() => expect(told).toBe(3)))
  })

  it('is told from an older one also where only one of its files was put back', async () => {
    await run(write('first'))
    const old = new Map(
      ['vault.json', 'vault.last-good.json', 'vault.seen'].map((name) => [name, readIfAny(file(name))]),
    )
    const putBackOnly = (name: string) => {
      const bytes = old.get(name)
      if (bytes !== undefined) writeFileSync(file(name), bytes)
    }
    await run(write('second'))
    await run(write('third'))
    // What is only remembered or only spare says nothing, and takes nothing away.
    for (const name of ['vault.last-good.json', 'vault.seen']) {
      putBackOnly(name)
      expect(await run(async (vault) => expect((await vault.get('token'))?.reveal()).toBe('third'))).toBe(0)
    }
    putBackOnly('vault.json')
    await run(async () => vi.waitFor(() => expect(told).toBe(1)))
  })

  it('is told from an older one that claims to be newer, or says nothing', async () => {
    await run(write('first'))
    const old = readFileSync(file(), 'utf8')
    await run(write('second'))
    const { vault } = JSON.parse(old) as { vault: Record<string, unknown> }
    const { vault: newest } = JSON.parse(readFileSync(file(), 'utf8')) as { vault: Record<string, unknown> }
    const { encodeDocument } = await import('./vault-document')
    for (const generation of [newest.generation, undefined]) {
      const forged = encodeDocument({ ...vault, generation } as never)
      writeFileSync(file(), forged)
      const before = told
      await run(async () => vi.waitFor(() => expect(told).toBe(before + 1)))
    }
  })

  it('raises no alarm after a kill between the file and what is remembered', async () => {
    for (const value of ['a', 'b', 'c']) await run(write(value), false)
    expect(await run()).toBe(0)
    await run(async (vault) => {
      await write('d')(vault)
      await write('e')(vault)
    }, false)
    expect(await run()).toBe(0)
  })

  it('raises no alarm when the last good copy came back, which may be one write behind', async () => {
    await run(write('first'))
    const copy = readFileSync(file('vault.last-good.json'))
    await run(write('second'))
    writeFileSync(file('vault.last-good.json'), copy)
    writeFileSync(file(), 'damaged')
    expect(await run()).toBe(0)
  })

  it('raises no alarm when a write failed, for a new vault, or where nothing is remembered', async () => {
    await run(write('first'))
    await run(async (vault) => {
      disk.failing = 'rename'
      await expect(write('second')(vault)).rejects.toMatchObject({ code: 'storage-failed' })
      disk.failing = null
    })
    expect(await run()).toBe(0)
    rmSync(file('vault.seen'), { force: true })
    for (const account of keychain.entries.keys()) if (account.endsWith('-generation')) keychain.entries.delete(account)
    expect(await run()).toBe(0)
    for (const name of ['vault.json', 'vault.last-good.json']) rmSync(file(name))
    expect(await run(write('anew'))).toBe(0)
    expect(await run()).toBe(0)
  })
})

it('goes on counting at another holder, and leaves nothing at the former one', async () => {
  await run(write('first'))
  await run((vault) => vault.choosePassphrase(words))
  await vi.waitFor(() => expect([...keychain.entries.keys()]).toEqual([]))
  backUp('backup')
  await run(write('second'))
  expect(told).toBe(0)
  putBack('backup')
  await run(async () => vi.waitFor(() => expect(told).toBe(1)))
})
