import { describe, expect, it, vi } from 'vitest'
import { Failure } from '../../../src-preload/contract/outcome'
import { createDataKey } from '../envelope'
import { createSafeStorageHolder, type SafeStoragePort } from './safe-storage'

const codec = (prefix: string): SafeStoragePort => ({
  isEncryptionAvailable: () => true,
  encryptString: (text) => Buffer.from(prefix + Buffer.from(text).toString('hex')),
  decryptString: (bytes) => Buffer.from(bytes.subarray(prefix.length).toString(), 'hex').toString(),
})
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
    const { encryptString, decryptString } = codec('v11')
    const blocking = vi.fn(() => {
      throw new Error('blocks')
    })
    const holder = createSafeStorageHolder(
      {
        isEncryptionAvailable: blocking,
        encryptString: blocking,
        decryptString: blocking,
        isAsyncEncryptionAvailable: async () => true,
        encryptStringAsync: async (text) => encryptString(text),
        decryptStringAsync: async (bytes) => ({ result: decryptString(bytes), shouldReEncrypt: false }),
      },
      'linux',
    )
    expect((await holder.fetch(await holder.keep('id', key), any))?.reveal()).toBe(key.reveal())
    expect(await holder.available()).toBe(true)
    expect(blocking).not.toHaveBeenCalled()
  })

  it('tells "not here" from "another key by now"', async () => {
    const record = await createSafeStorageHolder(codec('v11'), 'linux').keep('id', key)
    const none = createSafeStorageHolder({ ...codec('v11'), isEncryptionAvailable: () => false }, 'linux')
    expect(await none.available()).toBe(false)
    await expect(none.fetch(record, any)).rejects.toMatchObject({ code: 'keychain-unavailable' })
    const other = createSafeStorageHolder(
      {
        ...codec('v11'),
        decryptString: () => {
          throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
        },
      },
      'linux',
    )
    expect(await other.fetch(record, any)).toBeNull()
  })

  it('is not available where it throws', async () => {
    const throwing = createSafeStorageHolder(
      {
        ...codec('v11'),
        encryptString: () => {
          throw new Failure('unexpected')
        },
      },
      'linux',
    )
    expect(await throwing.available()).toBe(false)
  })

  it('says its name', () => {
    expect(createSafeStorageHolder(codec(''), 'darwin').title).toBe('macOS Keychain')
    expect(createSafeStorageHolder(codec(''), 'linux').title).toBeNull()
    const named = { ...codec(''), getSelectedStorageBackend: () => 'kwallet6' as const }
    expect(createSafeStorageHolder(named, 'linux').title).toBe('kwallet6')
  })
})
