import { pbkdf2Sync, scryptSync } from 'node:crypto'
import type Forge from 'node-forge'
import type { asn1 } from 'node-forge'
import { Failure } from '../../../src-preload/contract/outcome'
import { ownOf } from '../../../src-preload/contract/own'
import { decryptDer } from './encrypted-pem'

/** Object identifiers of PKCS#5 (RFC 8018), PKCS#12 (RFC 7292), scrypt (RFC 7914) and the ciphers that OpenSSL writes. */
const pbes2 = '1.2.840.113549.1.5.13'
const pbkdf2 = '1.2.840.113549.1.5.12'
const scrypt = '1.3.6.1.4.1.11591.4.11'
const digests: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.6': 'md5',
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
  '1.2.840.113549.2.12': 'sha512-224',
  '1.2.840.113549.2.13': 'sha512-256',
}
/** Ciphers of three key sizes, by the number of the first size, the step to the next one, and the numbers of the modes. */
const families: readonly (readonly [string, string, number, Readonly<Record<string, number>>])[] = [
  ['2.16.840.1.101.3.4.1', 'aes', 20, { ecb: 1, cbc: 2, ofb: 3, cfb: 4 }],
  ['1.2.410.200046.1.1', 'aria', 5, { ecb: 1, cbc: 2, cfb: 3, ofb: 4, ctr: 5 }],
  ['0.3.4401.5.3.1.9', 'camellia', 20, { ecb: 1, ofb: 3, cfb: 4, ctr: 9 }],
  ['1.2.392.200011.61.1.1.1', 'camellia', 1, { cbc: 2 }],
]
const ciphers: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    families.flatMap(([prefix, name, step, modes]) =>
      Object.entries(modes).flatMap(([mode, first]) =>
        [128, 192, 256].map((bits, size) => [`${prefix}.${first + size * step}`, `${name}-${bits}-${mode}`]),
      ),
    ),
  ),
  '1.2.840.113549.3.2': 'rc2-cbc',
  '1.2.840.113549.3.7': 'des-ede3-cbc',
  '1.3.14.3.2.7': 'des-cbc',
  '1.3.14.3.2.17': 'des-ede',
  '1.2.156.10197.1.104.1': 'sm4-ecb',
  '1.2.156.10197.1.104.2': 'sm4-cbc',
  '1.2.156.10197.1.104.3': 'sm4-ofb',
  '1.2.156.10197.1.104.4': 'sm4-cfb',
  '1.2.156.10197.1.104.7': 'sm4-ctr',
  '1.2.410.200004.1.4': 'seed-cbc',
}
/** Schemes of PBES1 and PKCS#12, as OpenSSL names them. */
const olderSchemes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.5.1': 'PBE-MD2-DES',
  '1.2.840.113549.1.5.3': 'PBE-MD5-DES',
  '1.2.840.113549.1.5.4': 'PBE-MD2-RC2-64',
  '1.2.840.113549.1.5.6': 'PBE-MD5-RC2-64',
  '1.2.840.113549.1.5.10': 'PBE-SHA1-DES',
  '1.2.840.113549.1.5.11': 'PBE-SHA1-RC2-64',
  '1.2.840.113549.1.12.1.1': 'PBE-SHA1-RC4-128',
  '1.2.840.113549.1.12.1.2': 'PBE-SHA1-RC4-40',
  '1.2.840.113549.1.12.1.3': 'PBE-SHA1-3DES',
  '1.2.840.113549.1.12.1.4': 'PBE-SHA1-2DES',
  '1.2.840.113549.1.12.1.5': 'PBE-SHA1-RC2-128',
  '1.2.840.113549.1.12.1.6': 'PBE-SHA1-RC2-40',
}
/** Most memory for scrypt, in bytes. */
const mostMemory = 512 * 1024 * 1024

const parts = (node: asn1.Asn1 | undefined): readonly asn1.Asn1[] =>
  node !== undefined && Array.isArray(node.value) ? node.value : []
const bytesOf = (node: asn1.Asn1 | undefined): Buffer =>
  Buffer.from(typeof node?.value === 'string' ? node.value : '', 'latin1')
const numberOf = (node: asn1.Asn1 | undefined): number => Number.parseInt(bytesOf(node).toString('hex') || '0', 16)

const toBuffer = (forge: typeof Forge, node: asn1.Asn1 | null): Buffer => {
  if (node === null) throw new Failure('passphrase-wrong')
  return Buffer.from(forge.asn1.toDer(node).getBytes(), 'latin1')
}

/** PBES1 and the schemes of PKCS#12, as far as the library has them. */
const openOlder = (open: () => Buffer): Buffer | null => {
  try {
    return open()
  } catch (error) {
    if (error instanceof Error && /Unsupported/.test(error.message)) return null
    throw new Failure('passphrase-wrong')
  }
}

/**
 * Decrypts PKCS#8 (RFC 5958); the name of its encryption where that can't be undone here.
 * @throws Failure `passphrase-wrong`, `key-unreadable`
 */
export const openPkcs8 = async (body: Buffer, passphrase: string): Promise<Buffer | string> => {
  const { default: forge } = await import('node-forge')
  const { asn1 } = forge
  const oid = (node: asn1.Asn1 | undefined) => asn1.derToOid(typeof node?.value === 'string' ? node.value : '')
  const info = asn1.fromDer(body.toString('latin1'))
  const [algorithm, encrypted] = parts(info)
  const [scheme, parameters] = parts(algorithm)
  const data = bytesOf(encrypted)
  if (oid(scheme) !== pbes2) {
    const name = ownOf(olderSchemes, oid(scheme)) ?? oid(scheme)
    return openOlder(() => toBuffer(forge, forge.pki.decryptPrivateKeyInfo(info, passphrase))) ?? name
  }
  const [derivation, encryption] = parts(parameters)
  const [kind, kindParameters] = parts(derivation)
  const [cipherOid, vector] = parts(encryption)
  const cipher = ownOf(ciphers, oid(cipherOid))
  if (cipher === undefined) return oid(cipherOid)
  const [salt, first, ...more] = parts(kindParameters)
  const name = oid(kind)
  if (name === scrypt) {
    const [r, p] = [numberOf(more[0]), numberOf(more[1])]
    const cost = { N: numberOf(first), r, p, maxmem: mostMemory }
    const key = (size: number) => scryptSync(passphrase, bytesOf(salt), size, cost)
    return decryptDer(cipher, key, bytesOf(vector), data) ?? cipher
  }
  if (name !== pbkdf2) return name
  const prf = more.find((node) => parts(node).length > 0)
  const digest = prf === undefined ? 'sha1' : ownOf(digests, oid(parts(prf)[0]))
  if (digest === undefined) return cipher
  const key = (size: number) => pbkdf2Sync(passphrase, bytesOf(salt), numberOf(first), size, digest)
  return decryptDer(cipher, key, bytesOf(vector), data) ?? cipher
}
