import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Failure } from '../../src-preload/contract/outcome'
import { Secret } from './secret'

// AES-256-GCM (NIST SP 800-38D): 96-bit random nonce, 128-bit tag. Electron's BoringSSL has no ChaCha20-Poly1305.
const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16
const keyBytes = 32

/** Format of a sealed value: this prefix, then base64url of nonce, ciphertext and tag. */
const prefix = 'v1.'

/** A new 256-bit key, as base64. */
export const createDataKey = (): Secret => new Secret(randomBytes(keyBytes).toString('base64'))

const bytesOf = (key: Secret): Buffer => {
  const bytes = Buffer.from(key.reveal(), 'base64')
  if (bytes.length !== keyBytes) throw new Failure('vault-damaged', { reason: 'key-size' })
  return bytes
}

/** What a value is bound to beside its key: it opens under this label and no other. */
const boundTo = (label: string): Buffer => Buffer.from(`cloudaipilot vault 1\n${label}`)

/** Encrypts a value of any size under a label. Twice the same value gives two different texts. */
export const seal = (key: Secret, label: string, value: Secret): string => {
  const nonce = randomBytes(nonceBytes)
  const encrypt = createCipheriv(cipher, bytesOf(key), nonce, { authTagLength: tagBytes }).setAAD(boundTo(label))
  const body = [encrypt.update(value.reveal(), 'utf8'), encrypt.final()]
  return prefix + Buffer.concat([nonce, ...body, encrypt.getAuthTag()]).toString('base64url')
}

/**
 * Opens what `seal` made. Another key, another label or any changed bit is an error, never another value.
 * @throws Failure `vault-damaged` with `reason`: `format` (not ours, or of a newer version) or `seal`.
 */
export const unseal = (key: Secret, label: string, sealed: string): Secret => {
  const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url')
  // Decoders skip what they don't know and ignore spare bits; only the one true spelling is accepted.
  if (bytes.length < nonceBytes + tagBytes || prefix + bytes.toString('base64url') !== sealed) {
    throw new Failure('vault-damaged', { reason: 'format' })
  }
  const decrypt = createDecipheriv(cipher, bytesOf(key), bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decrypt.setAAD(boundTo(label)).setAuthTag(bytes.subarray(-tagBytes))
  try {
    return new Secret(decrypt.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decrypt.final('utf8'))
  } catch {
    throw new Failure('vault-damaged', { reason: 'seal' })
  }
}

const checkLabel = 'check'

/** A value that only the right key opens: it tells a wrong key from a damaged file. */
export const sealCheck = (key: Secret, vaultId: string): string => seal(key, checkLabel, new Secret(vaultId))

/** Whether this key made the check. */
export const fitsCheck = (key: Secret, vaultId: string, check: string): boolean => {
  try {
    return unseal(key, checkLabel, check).reveal() === vaultId
  } catch (error) {
    if (error instanceof Failure) return false
    throw error
  }
}
