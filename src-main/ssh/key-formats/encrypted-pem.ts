import { createDecipheriv, createHash, getCiphers } from 'node:crypto'
import { Failure } from '../../../src-preload/contract/outcome'
import { isWholeDer } from './der-label'

/** Decrypts DER with a cipher that may be missing here; null where it is. @throws Failure `passphrase-wrong` */
export const decryptDer = (cipher: string, key: (size: number) => Buffer, iv: Buffer, data: Buffer): Buffer | null => {
  const name = cipher.toLowerCase()
  if (!getCiphers().includes(name)) return null
  try {
    const opened = createDecipheriv(name, key(keySize(name)), iv)
    const der = Buffer.concat([opened.update(data), opened.final()])
    if (isWholeDer(der)) return der
  } catch {
    // Wrong padding says no more than wrong bytes.
  }
  throw new Failure('passphrase-wrong')
}

/** In bytes, by the name of the cipher. */
const keySize = (cipher: string): number => {
  const bits = /-(128|192|256)-/.exec(cipher)?.[1]
  if (bits !== undefined) return Number(bits) / 8
  return cipher.startsWith('des-ede3') ? 24 : cipher.startsWith('des-cbc') ? 8 : 16
}

/** OpenSSL's derivation of before PKCS#8: MD5 over and over, the first 8 bytes of the vector being the salt (EVP_BytesToKey(3)). */
const bytesToKey = (passphrase: string, salt: Buffer, size: number): Buffer => {
  let key = Buffer.alloc(0)
  while (key.length < size) {
    const last = key.subarray(Math.max(0, key.length - 16))
    key = Buffer.concat([key, createHash('md5').update(last).update(passphrase).update(salt).digest()])
  }
  return key.subarray(0, size)
}

/**
 * Decrypts the body of a PEM file with `DEK-Info`; null where the cipher is missing here.
 * @throws Failure `passphrase-wrong`
 */
export const openTraditional = (
  { cipher, iv }: { readonly cipher: string; readonly iv: Buffer },
  body: Buffer,
  passphrase: string,
): Buffer | null => decryptDer(cipher, (size) => bytesToKey(passphrase, iv.subarray(0, 8), size), iv, body)
