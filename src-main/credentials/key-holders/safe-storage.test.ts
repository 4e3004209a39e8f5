import { describe, expect, it, vi } from 'vitest'
import { createDataKey } from '../envelope'
import { createSafeStorageHolder, type SafeStoragePort } from './safe-storage'

/** The calls of Electron 42 and later. */
const codec = (prefix: string) => {
  const encryptString = (text: string) => Buffer.from(prefix + Buffer.from(text).toString('hex'))
  const decryptString = (bytes: Buffer) => Buffer.from(bytes.subarray(prefix.length).toString(), 'hex').toString()
  return {
    isEncryptionAvailable: () => true,
    encryptString,
    decryptString,
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => encryptString(text),
    decryptStringAsync: async (bytes) => ({ result: decryptString(bytes), shouldReEncrypt: false }),
  } satisfies SafeStoragePort
}
/** Those of Electron 25. */
const older = (prefix: string): SafeStoragePort => {
  const { isEncryptionAvailable, encryptString, decryptString } = codec(prefix)
  return { isEncryptionAvailable, encryptString, decryptString }
}
const any = () => true
const key = createDataKey()

describe('safeStorage', () => {
  it.each(['v11', 'v12'])('keeps the key behind a real keyring (%s)', async (prefix) => {
    const holder = createSafeStorageHolder(codec(prefix), 'linux')
    expect(await holder.available()).toBe(true)
    const record = await holder.keep('id', key)
    expect((await holder.fetch(record, any))?.reveal()).toBe(key.reveal())
  })

  it('never takes a ciphertext of the fixed key, although it claims to be available', async () => {
    const holder = createSafeStorageHolder(
      { ...codec('v10'), getSelectedStorageBackend: () => 'gnome_libsecret' },
      'linux',
    )
    expect(await holder.available()).toBe(false)
    await expect(holder.keep('id', key)).rejects.toMatchObject({ code: 'keychain-unavailable' })
    const wrapped = Buffer.from('v10abcdef').toString('base64')
    await expect(holder.fetch({ name: 'safe-storage', wrapped }, any)).rejects.toMatchObject({ code: 'vault-damaged' })
  })

  it.each(['basic_text', 'unknown'] as const)('never uses the backend %s', async (backend) => {
    const holder = createSafeStorageHolder({ ...codec('v11'), getSelectedStorageBackend: () => backend }, 'linux')
    expect(await holder.available()).toBe(false)
  })

  it('has other prefixes on other systems', async () => {
    expect(await createSafeStorageHolder(codec('v10'), 'darwin').available()).toBe(true)
    expect(await createSafeStorageHolder(codec('\x01\0\0'), 'win32').available()).toBe(true)
  })

  it('prefers the calls that do not block', async () => {
    const blocking = vi.fn(() => {
      throw new Error('blocks')
    })
    const holder = createSafeStorageHolder(
      { ...codec('v11'), isEncryptionAvailable: blocking, encryptString: blocking, decryptString: blocking },
      'linux',
    )
    expect((await holder.fetch(await holder.keep('id', key), any))?.reveal()).toBe(key.reveal())
    expect(await holder.available()).toBe(true)
    expect(blocking).not.toHaveBeenCalled()
  })

  it('starts no vault where only blocking calls are, but reads one', async () => {
    const holder = createSafeStorageHolder(older('v11'), 'linux')
    expect(await holder.available()).toBe(false)
    const record = await createSafeStorageHolder(codec('v11'), 'linux').keep('id', key)
    expect((await holder.fetch(record, any))?.reveal()).toBe(key.reveal())
    expect(await createSafeStorageHolder(older('v10'), 'darwin').available()).toBe(true)
  })

  it('tells "not here" from "another key by now"', async () => {
    const record = await createSafeStorageHolder(codec('v11'), 'linux').keep('id', key)
    const none = createSafeStorageHolder({ ...codec('v11'), isAsyncEncryptionAvailable: async () => false }, 'linux')
    expect(await none.available()).toBe(false)
    await expect(none.fetch(record, any)).rejects.toMatchObject({ code: 'keychain-unavailable' })
    const decryptStringAsync = () => Promise.reject(new Error('Error while decrypting the ciphertext'))
    const other = createSafeStorageHolder({ ...codec('v11'), decryptStringAsync }, 'linux')
    expect(await other.fetch(record, any)).toBeNull()
  })

  it('is not available where it fails', async () => {
    const encryptStringAsync = () => Promise.reject(new Error('no'))
    expect(await createSafeStorageHolder({ ...codec('v11'), encryptStringAsync }, 'linux').available()).toBe(false)
  })

  it('says its name', () => {
    expect(createSafeStorageHolder(codec(''), 'darwin').title).toBe('macOS Keychain')
    expect(createSafeStorageHolder(codec(''), 'linux').title).toBeNull()
    const named = { ...codec(''), getSelectedStorageBackend: () => 'kwallet6' as const }
    expect(createSafeStorageHolder(named, 'linux').title).toBe('kwallet6')
  })
})
