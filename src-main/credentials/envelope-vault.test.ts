import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { VaultStatus } from '../../src-preload/contract/entities/vault'
import { type FailingDisk, failingDisk } from '../testing/failing-disk'
import { type FixedClock, fixedClock } from '../testing/fixed-clock'
import { type MemoryKeychain, memoryKeychain } from '../testing/memory-keychain'
import { silentLog } from '../testing/silent-log'
import { createVault } from './envelope-vault'
import { deriveHere } from './key-holders/derive-key'
import { createKeychainHolder } from './key-holders/keychain'
import { createPassphraseHolder } from './key-holders/passphrase'
import { createSafeStorageHolder } from './key-holders/safe-storage'
import { createSessionHolder } from './key-holders/session'
import { Secret } from './secret'
import type { EnvelopeVault } from './vault-door'
import { createVaultFile } from './vault-file'

const quick = { cost: 2 ** 14, blockSize: 8, parallelism: 1 }
const words = new Secret('correct horse battery')

let folder: string
let clock: FixedClock
let keychain: MemoryKeychain
let disk: FailingDisk
/** Whether `safeStorage` works here, and the prefix of what it encrypts. */
let safe: { works: boolean; prefix: string }
let restored: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'))
  clock = fixedClock(Date.UTC(2026, 10, 23))
  keychain = memoryKeychain()
  disk = failingDisk()
  safe = { works: false, prefix: 'v11' }
  restored = []
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const newVault = (): EnvelopeVault =>
  createVault({
    file: createVaultFile({ folder, clock, log: silentLog(), fs: disk }),
    holders: {
      keychain: createKeychainHolder(keychain, 'CloudAIPilot test', 'linux'),
      safeStorage: createSafeStorageHolder(
        {
          isEncryptionAvailable: () => safe.works,
          encryptString: () => expect.fail('blocks'),
          decryptString: () => expect.fail('blocks'),
          isAsyncEncryptionAvailable: async () => safe.works,
          encryptStringAsync: async (text) => Buffer.from(`${safe.prefix}${text}`),
          decryptStringAsync: async (bytes) => ({ result: bytes.subarray(3).toString(), shouldReEncrypt: false }),
        },
        'linux',
      ),
      passphrase: (passphrase) => createPassphraseHolder(passphrase, deriveHere, quick),
      session: createSessionHolder,
    },
    clock,
    log: silentLog(),
    onRestored: (detail) => restored.push(detail),
  })

const openVault = async (): Promise<EnvelopeVault> => {
  const vault = newVault()
  await vault.open()
  return vault
}
/** Resolves with the first status that is as described. */
const becomes = (vault: EnvelopeVault, wanted: Partial<VaultStatus>) =>
  vi.waitFor(() => expect(vault.status()).toMatchObject(wanted))
/** The keychain has been asked and waits. */
const asked = () => vi.waitFor(() => expect(keychain.waiting).toBe(1))
const reveal = async (vault: EnvelopeVault, name: string) => (await vault.get(name))?.reveal()
const main = () => join(folder, 'vault.json')

describe('an open vault', () => {
  it('keeps secrets by name, over a restart', async () => {
    const vault = await openVault()
    expect(vault.status()).toMatchObject({ state: 'open', holder: 'keychain', holderTitle: 'Secret Service' })
    await vault.set('account/2', new Secret('two'))
    await vault.set('account/1', new Secret('one'))
    await vault.set('account/1', new Secret('newer'))
    await vault.delete('account/none')
    const again = await openVault()
    expect(await again.names()).toEqual(['account/1', 'account/2'])
    expect(await reveal(again, 'account/1')).toBe('newer')
    await again.delete('account/1')
    expect(await reveal(await openVault(), 'account/1')).toBeUndefined()
  })

  it('shows neither a secret nor its key in any file', async () => {
    const vault = await openVault()
    await vault.set('account/1', new Secret('canary-canary-canary'))
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    for (const text of files) {
      expect(text).not.toContain('canary')
      for (const key of keychain.entries.values()) expect(text).not.toContain(key)
    }
  })

  it('holds secrets of 10 kB, and many at once', async () => {
    const vault = await openVault()
    const names = Array.from({ length: 50 }, (_, index) => `account/${index}`)
    await Promise.all(names.map((name) => vault.set(name, new Secret(name.repeat(1000)))))
    const again = await openVault()
    expect(await again.names()).toEqual([...names].sort())
    expect(await reveal(again, 'account/7')).toBe('account/7'.repeat(1000))
  })

  it('is as it was when the disk is full', async () => {
    const vault = await openVault()
    await vault.set('account/1', new Secret('old'))
    disk.failing = 'write'
    await expect(vault.set('account/1', new Secret('new'))).rejects.toMatchObject({ code: 'storage-failed' })
    expect(await reveal(vault, 'account/1')).toBe('old')
    disk.failing = null
    await vault.set('account/2', new Secret('two'))
    expect(await reveal(await openVault(), 'account/1')).toBe('old')
  })

  it('comes back from its copy when a byte flips', async () => {
    await (await openVault()).set('account/1', new Secret('one'))
    const bytes = readFileSync(main())
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 4, bytes.length >> 1)
    writeFileSync(main(), bytes)
    const vault = await openVault()
    expect(vault.status()).toMatchObject({ state: 'open', restored: true })
    expect(restored).toEqual(['vault.corrupt-20261123T000000Z'])
    expect(await reveal(vault, 'account/1')).toBe('one')
    expect(readFileSync(join(folder, 'vault.corrupt-20261123T000000Z'))).toEqual(bytes)
  })

  it('is not set aside, nor taken for a new one', async () => {
    const vault = await openVault()
    await expect(vault.startOver()).rejects.toMatchObject({ code: 'conflict' })
    await expect(vault.chooseSession()).rejects.toMatchObject({ code: 'conflict' })
    await expect(vault.unlock(words)).rejects.toMatchObject({ code: 'conflict' })
    await expect(vault.moveTo('session')).rejects.toMatchObject({ code: 'invalid-input' })
    expect(vault.status().state).toBe('open')
  })
})

describe('a keychain that waits for a person', () => {
  it('lets calls wait with it, and opens when it answers', async () => {
    keychain.mode = 'silent'
    const vault = newVault()
    const states: string[] = []
    vault.onChange(({ state }) => states.push(state))
    const known = vault.open()
    const set = vault.set('account/1', new Secret('one'))
    await asked()
    expect(vault.status().state).toBe('opening')
    clock.advance(1500)
    expect(await known).toMatchObject({ state: 'waiting', holder: 'keychain', available: ['passphrase', 'session'] })
    keychain.answer()
    await set
    expect(vault.status().state).toBe('open')
    expect(states.slice(0, 3)).toEqual(['opening', 'waiting', 'open'])
  })

  it('gives calls up after a minute, and still opens when it answers late', async () => {
    await (await openVault()).set('account/1', new Secret('one'))
    keychain.mode = 'silent'
    const vault = newVault()
    void vault.open()
    await asked()
    clock.advance(1500)
    const early = vault.get('account/1')
    clock.advance(60_000)
    await expect(early).rejects.toMatchObject({ code: 'keychain-locked' })
    expect(vault.status()).toMatchObject({ state: 'waiting', failure: { code: 'keychain-locked' } })
    keychain.answer()
    await becomes(vault, { state: 'open' })
    expect(await reveal(vault, 'account/1')).toBe('one')
  })

  it('is asked anew on retry, its dialog closed', async () => {
    keychain.mode = 'silent'
    const vault = newVault()
    void vault.open()
    await asked()
    clock.advance(1500)
    const retried = vault.retry()
    await asked()
    expect(keychain.dismissed).toBe(1)
    keychain.answer()
    expect(await retried).toMatchObject({ state: 'open', holder: 'keychain' })
  })

  it('can be left for a passphrase, and its late answer counts no more', async () => {
    keychain.mode = 'silent'
    const vault = newVault()
    void vault.open()
    await asked()
    clock.advance(1500)
    expect(await vault.choosePassphrase(words)).toMatchObject({ state: 'open', holder: 'passphrase' })
    keychain.answer()
    await becomes(vault, { canMoveTo: 'keychain' })
    expect(vault.status().holder).toBe('passphrase')
    expect([...keychain.entries]).toEqual([])
  })

  it('can be left for memory while a vault waits on the disk, which then takes what was added', async () => {
    await (await openVault()).set('account/1', new Secret('one'))
    keychain.mode = 'locked'
    const vault = await openVault()
    expect(vault.status()).toMatchObject({
      state: 'waiting',
      holder: 'keychain',
      available: ['session'],
      failure: { code: 'keychain-locked' },
    })
    await expect(vault.get('account/1')).rejects.toMatchObject({ code: 'keychain-locked' })
    const before = readFileSync(main())
    expect(await vault.chooseSession()).toMatchObject({ state: 'open', holder: 'session', canMoveTo: null })
    await vault.set('account/2', new Secret('two'))
    expect(readFileSync(main())).toEqual(before)
    await expect(vault.moveTo('keychain')).rejects.toMatchObject({ code: 'conflict' })
    await expect(vault.choosePassphrase(words)).rejects.toMatchObject({ code: 'conflict' })
    keychain.mode = 'ok'
    expect(await vault.retry()).toMatchObject({ state: 'open', holder: 'keychain' })
    expect(await (await openVault()).names()).toEqual(['account/1', 'account/2'])
  })
})

describe('a system without a keychain', () => {
  beforeEach(() => {
    keychain.mode = 'unavailable'
  })

  it('uses a safeStorage with a real backend', async () => {
    safe.works = true
    const vault = await openVault()
    expect(vault.status()).toMatchObject({ state: 'open', holder: 'safe-storage', canMoveTo: null })
    await vault.set('account/1', new Secret('one'))
    expect(await reveal(await openVault(), 'account/1')).toBe('one')
  })

  it('refuses one that only obfuscates, and asks the person', async () => {
    safe = { works: true, prefix: 'v10' }
    const vault = await openVault()
    expect(vault.status()).toMatchObject({
      state: 'choose',
      holder: null,
      available: ['passphrase', 'session'],
      failure: { code: 'keychain-unavailable', facts: { detail: 'no bus' } },
    })
    await expect(vault.set('a', new Secret('b'))).rejects.toMatchObject({ code: 'keychain-unavailable' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps a vault under a passphrase', async () => {
    const vault = await openVault()
    await expect(vault.choosePassphrase(new Secret('short'))).rejects.toMatchObject({ code: 'invalid-input' })
    expect(vault.status().state).toBe('choose')
    await vault.choosePassphrase(words)
    await vault.set('account/1', new Secret('one'))
    const again = await openVault()
    expect(again.status()).toMatchObject({ state: 'locked', holder: 'passphrase' })
    await expect(again.get('account/1')).rejects.toMatchObject({ code: 'vault-locked' })
    await expect(again.unlock(new Secret('wrong words'))).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect(await again.unlock(words)).toMatchObject({ state: 'open', holder: 'passphrase' })
    expect(await reveal(again, 'account/1')).toBe('one')
  })

  it('keeps a session vault in memory alone, which can move to a passphrase', async () => {
    const vault = await openVault()
    expect(await vault.chooseSession()).toMatchObject({ state: 'open', holder: 'session' })
    await vault.set('account/1', new Secret('one'))
    expect(readdirSync(folder)).toEqual([])
    expect(await vault.chooseSession()).toMatchObject({ holder: 'session' })
    expect(await reveal(vault, 'account/1')).toBe('one')
    expect(await vault.choosePassphrase(words)).toMatchObject({ holder: 'passphrase' })
    const again = await openVault()
    await again.unlock(words)
    expect(await reveal(again, 'account/1')).toBe('one')
  })

  it('says when a full disk is why a new vault does not open, and opens it later', async () => {
    keychain.mode = 'ok'
    disk.failing = 'write'
    const vault = await openVault()
    expect(vault.status()).toMatchObject({ state: 'waiting', failure: { code: 'storage-failed' } })
    disk.failing = null
    expect(await vault.retry()).toMatchObject({ state: 'open' })
  })
})

describe('moving the key', () => {
  it('goes from a passphrase to the keychain, with every record', async () => {
    keychain.mode = 'unavailable'
    const vault = await openVault()
    await vault.choosePassphrase(words)
    await vault.set('account/1', new Secret('one'))
    keychain.mode = 'ok'
    expect(await vault.retry()).toMatchObject({ canMoveTo: 'keychain', available: ['keychain', 'passphrase'] })
    expect(await vault.moveTo('keychain')).toMatchObject({ state: 'open', holder: 'keychain', canMoveTo: null })
    expect(readFileSync(main(), 'utf8')).not.toContain('salt')
    const again = await openVault()
    expect(again.status()).toMatchObject({ state: 'open', holder: 'keychain' })
    expect(await reveal(again, 'account/1')).toBe('one')
  })

  it('removes the copy of the former holder, at the next start if it can not now', async () => {
    const vault = await openVault()
    await vault.set('account/1', new Secret('one'))
    expect(keychain.entries.size).toBe(1)
    const deletePassword = vi.spyOn(keychain, 'deletePassword').mockRejectedValueOnce(new Error('busy'))
    await vault.choosePassphrase(words)
    await vi.waitFor(() => expect(deletePassword).toHaveBeenCalledOnce())
    expect(keychain.entries.size).toBe(1)
    const again = await openVault()
    await again.unlock(words)
    await vi.waitFor(() => expect(keychain.entries.size).toBe(0))
    await vi.waitFor(() => expect(readFileSync(main(), 'utf8')).toContain('"retired":[]'))
    expect(await reveal(again, 'account/1')).toBe('one')
  })

  it('keeps the key that came back to a former holder', async () => {
    const vault = await openVault()
    vi.spyOn(keychain, 'deletePassword').mockRejectedValue(new Error('busy'))
    await vault.choosePassphrase(words)
    await vault.moveTo('keychain')
    vi.mocked(keychain.deletePassword).mockRestore()
    const again = await openVault()
    expect(again.status()).toMatchObject({ state: 'open', holder: 'keychain' })
    await again.close()
    expect(keychain.entries.size).toBe(1)
  })

  it('changes nothing when the new holder fails or does not answer', async () => {
    keychain.mode = 'unavailable'
    const vault = await openVault()
    await vault.choosePassphrase(words)
    await expect(vault.moveTo('keychain')).rejects.toMatchObject({ code: 'keychain-unavailable' })
    keychain.mode = 'silent'
    const moving = expect(vault.moveTo('keychain')).rejects.toMatchObject({ code: 'keychain-locked' })
    await asked()
    clock.advance(60_000)
    await moving
    expect(vault.status()).toMatchObject({ state: 'open', holder: 'passphrase' })
    keychain.mode = 'ok'
    disk.failing = 'rename'
    await expect(vault.moveTo('keychain')).rejects.toMatchObject({ code: 'storage-failed' })
    disk.failing = null
    await (await openVault()).unlock(words)
  })
})

describe('a keychain that was emptied or changed', () => {
  it('leaves a vault that says so, untouched, with a way out', async () => {
    await (await openVault()).set('account/1', new Secret('one'))
    keychain.entries.clear()
    const before = readFileSync(main())
    const vault = await openVault()
    expect(vault.status()).toMatchObject({
      state: 'damaged',
      holder: 'keychain',
      failure: { code: 'vault-damaged', facts: { reason: 'key-missing', holder: 'keychain' } },
    })
    await expect(vault.set('account/1', new Secret('new'))).rejects.toMatchObject({ code: 'vault-damaged' })
    expect(readFileSync(main())).toEqual(before)
    expect(await vault.startOver()).toMatchObject({ state: 'open', holder: 'keychain' })
    expect(await vault.names()).toEqual([])
    expect(readFileSync(join(folder, 'vault.set-aside-20261123T000000Z'))).toEqual(before)
  })

  it('tells a wrong key from a missing one', async () => {
    await (await openVault()).set('account/1', new Secret('one'))
    for (const account of keychain.entries.keys()) keychain.entries.set(account, Buffer.alloc(32).toString('base64'))
    expect((await openVault()).status()).toMatchObject({
      state: 'damaged',
      failure: { facts: { reason: 'key-different' } },
    })
  })

  it('finds a key that was filed under another name', async () => {
    await (await openVault()).set('account/1', new Secret('one'))
    const [key = ''] = keychain.entries.values()
    keychain.entries.clear()
    keychain.entries.set('other', 'not a key').set('imported', key)
    expect(await reveal(await openVault(), 'account/1')).toBe('one')
  })

  it('keeps the key of a vault that was set aside', async () => {
    const first = await openVault()
    await first.set('account/1', new Secret('one'))
    keychain.mode = 'locked'
    const vault = await openVault()
    keychain.mode = 'ok'
    await vault.startOver()
    expect(keychain.entries.size).toBe(2)
    // Put back by hand, it opens again.
    rmSync(join(folder, 'vault.last-good.json'))
    writeFileSync(main(), readFileSync(join(folder, 'vault.set-aside-20261123T000000Z')))
    expect(await reveal(await openVault(), 'account/1')).toBe('one')
  })
})

describe('a file that can not be read', () => {
  it('is never taken for "no vault yet"', async () => {
    mkdirSync(main())
    const vault = await openVault()
    expect(vault.status()).toMatchObject({
      state: 'waiting',
      available: ['session'],
      failure: { code: 'storage-failed', facts: { reason: 'EISDIR' } },
    })
    await expect(vault.choosePassphrase(words)).rejects.toMatchObject({ code: 'conflict' })
    await vault.chooseSession()
    await vault.set('a', new Secret('b'))
    expect(readdirSync(folder)).toEqual(['vault.json'])
    expect(keychain.entries.size).toBe(0)
  })

  it('of both copies is kept, told, and followed by an empty vault', async () => {
    await (await openVault()).set('account/1', new Secret('one'))
    for (const name of ['vault.json', 'vault.last-good.json']) writeFileSync(join(folder, name), 'nonsense')
    const vault = await openVault()
    expect(vault.status()).toMatchObject({ state: 'open', restored: true })
    expect(restored).toEqual(['vault.corrupt-20261123T000000Z'])
    expect(await vault.names()).toEqual([])
    expect(readdirSync(folder).sort()).toEqual([
      'vault.corrupt-20261123T000000Z',
      'vault.json',
      'vault.last-good.corrupt-20261123T000000Z',
      'vault.last-good.json',
    ])
  })
})
