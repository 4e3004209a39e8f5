import type { SafeStorage } from 'electron'
import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../secret'
import type { KeyHolder } from './key-holder'

/** What is used of Electron's `safeStorage`. The asynchronous calls came with Electron 42, the backend's name with 25.5. */
export type SafeStoragePort = Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'> &
  Partial<
    Pick<
      SafeStorage,
      'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
    >
  >

/** Ciphertexts of a real keyring: `v11` Secret Service and KWallet, `v12` the desktop portal. `v10` has a key known to all. */
const realOnLinux = new Set(['v11', 'v12'])
const notReal = new Set(['basic_text', 'unknown'])

const titles: Partial<Record<NodeJS.Platform, string>> = { darwin: 'macOS Keychain', win32: 'Windows Data Protection' }

/**
 * Lets Electron encrypt the data key with the system's own key (Electron documentation, `safeStorage`). On Linux it only
 * counts with a real keyring behind it: never Chromium's fixed key, neither by the name of the backend nor by the ciphertext.
 * It has no integrity of its own there, so the caller checks the key that comes back.
 */
export const createSafeStorageHolder = (
  safeStorage: SafeStoragePort,
  platform: NodeJS.Platform = process.platform,
): KeyHolder<'safe-storage'> => {
  const backend = () => safeStorage.getSelectedStorageBackend?.() ?? null
  const isReal = (encrypted: Buffer) =>
    platform !== 'linux' || realOnLinux.has(encrypted.subarray(0, 3).toString('latin1'))
  const canEncrypt = async (): Promise<boolean> => {
    if (platform === 'linux' && notReal.has(backend() ?? '')) return false
    return safeStorage.isAsyncEncryptionAvailable?.() ?? safeStorage.isEncryptionAvailable()
  }
  const encrypt = async (text: string) => safeStorage.encryptStringAsync?.(text) ?? safeStorage.encryptString(text)
  const decrypt = async (encrypted: Buffer): Promise<string> =>
    safeStorage.decryptStringAsync === undefined
      ? safeStorage.decryptString(encrypted)
      : (await safeStorage.decryptStringAsync(encrypted)).result

  return {
    name: 'safe-storage',
    get title() {
      return titles[platform] ?? backend()
    },
    available: async () => {
      // The older calls stop the whole app for as long as a keyring's dialog is open; they serve to read, not to start with.
      if (platform === 'linux' && safeStorage.encryptStringAsync === undefined) return false
      try {
        return (await canEncrypt()) && isReal(await encrypt('probe'))
      } catch {
        // The question is whether it works; however it does not, the answer is no.
        return false
      }
    },
    keep: async (_, key) => {
      const encrypted = await encrypt(key.reveal())
      if (!isReal(encrypted)) throw new Failure('keychain-unavailable', { reason: 'not-encrypted' })
      if ((await decrypt(encrypted)) !== key.reveal()) throw new Failure('keychain-unavailable', { reason: 'not-kept' })
      return { name: 'safe-storage', wrapped: encrypted.toString('base64') }
    },
    fetch: async (record) => {
      const encrypted = Buffer.from(record.wrapped, 'base64')
      if (!isReal(encrypted)) throw new Failure('vault-damaged', { reason: 'not-encrypted' })
      if (!(await canEncrypt())) throw new Failure('keychain-unavailable', { reason: backend() ?? 'none' })
      try {
        return new Secret(await decrypt(encrypted))
      } catch {
        // It works, but not for this: the system's key is another one by now.
        return null
      }
    },
    forget: async () => {},
    dismiss: () => {},
  }
}
