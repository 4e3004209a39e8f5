import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { ownOf } from '../../src-preload/contract/own'
import { stringsIn, string as toWire, wireReader } from './wire'

/** An OpenSSH certificate (OpenSSH's PROTOCOL.certkeys). What it says is worth nothing before `isSigned`. */
export interface Certificate {
  readonly kind: 'user' | 'host'
  /** `ssh-ed25519`, `ssh-rsa` …: the type of the key that is certified. */
  readonly type: string
  /** The key that is certified, as it goes over the wire. */
  readonly key: Buffer
  readonly serial: string
  /** What its authority calls it. */
  readonly id: string
  /** Users or hosts that it is for; none stands for all. */
  readonly principals: readonly string[]
  /** Unix seconds; `validBefore` is null when it does not end. */
  readonly validAfter: number
  readonly validBefore: number | null
  /** Names of options that have to be understood. */
  readonly critical: readonly string[]
  /** The authority's key. */
  readonly authority: Buffer
  readonly signature: Buffer
  /** What was signed. */
  readonly signed: Buffer
  /** The whole of it. */
  readonly blob: Buffer
}

/** How many fields of a key follow its type in a certificate. */
const fieldsOf: Readonly<Record<string, number>> = {
  'ssh-ed25519': 1,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'ssh-rsa': 2,
}

const kinds = [null, 'user', 'host'] as const
const suffix = '-cert-v01@openssh.com'
/** The end of time in a certificate that has none. */
const never = 0xffff_ffff_ffff_ffffn

/** Reads one line of a `*-cert.pub` file; null where it is none. Its signature is not looked at. */
export const parseCertificate = (line: string): Certificate | null => {
  const [name = '', encoded = ''] = line.trim().split(/[ \t]+/)
  const type = name.endsWith(suffix) ? name.slice(0, -suffix.length) : ''
  const count = ownOf(fieldsOf, type)
  if (count === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null
  const blob = Buffer.from(encoded, 'base64')
  try {
    const { string, uint32, uint64, at } = wireReader(blob)
    if (string().toString('latin1') !== name) return null
    string()
    const key = Buffer.concat([toWire(type), ...Array.from({ length: count }, () => toWire(string()))])
    const serial = String(uint64())
    const kind = kinds[uint32()] ?? null
    const id = string().toString('utf8')
    const principals = stringsIn(string()).map((principal) => principal.toString('utf8'))
    const [validAfter, validBefore] = [uint64(), uint64()]
    const critical = stringsIn(string()).filter((_, index) => index % 2 === 0)
    string()
    string()
    const authority = string()
    const signed = blob.subarray(0, at())
    const signature = string()
    if (kind === null || at() !== blob.length) return null
    return {
      ...{ kind, type, key, serial, id, principals, authority, signature, signed, blob },
      validAfter: Number(validAfter),
      validBefore: validBefore === never ? null : Number(validBefore),
      critical: critical.map((option) => option.toString('utf8')),
    }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/**
 * The user certificate for a key that ends last, among lines of `*-cert.pub` files or of an agent: one that was renewed
 * often stands beside the one before it. Null where none is for the key.
 */
export const latestCertificate = (lines: readonly string[], key: Buffer): string | null => {
  const own = lines.flatMap((line) => {
    const certificate = parseCertificate(line)
    const fits = certificate?.kind === 'user' && certificate.key.equals(key)
    return fits ? [{ line, end: certificate.validBefore ?? Number.POSITIVE_INFINITY }] : []
  })
  return own.sort((a, b) => b.end - a.end)[0]?.line.trim() ?? null
}

const unsignedInteger = (bytes: Buffer): Buffer => (bytes[0] === 0 ? bytes.subarray(1) : bytes)
const base64url = (bytes: Buffer): string => bytes.toString('base64url')

const curves: Readonly<Record<string, { readonly crv: string; readonly hash: string }>> = {
  'ecdsa-sha2-nistp256': { crv: 'P-256', hash: 'sha256' },
  'ecdsa-sha2-nistp384': { crv: 'P-384', hash: 'sha384' },
  'ecdsa-sha2-nistp521': { crv: 'P-521', hash: 'sha512' },
}
/** SHA-1 is left out on purpose, as OpenSSH does (CASignatureAlgorithms). */
const rsaHashes: Readonly<Record<string, string>> = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }

const keyObject = (type: string, [first = Buffer.alloc(0), second = Buffer.alloc(0)]: readonly Buffer[]): KeyObject => {
  const curve = ownOf(curves, type)
  if (type === 'ssh-ed25519') {
    return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: base64url(first) } })
  }
  if (curve !== undefined) {
    const half = (second.length - 1) / 2
    const [x, y] = [second.subarray(1, 1 + half), second.subarray(1 + half)].map(base64url)
    return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: curve.crv, x: x ?? '', y: y ?? '' } })
  }
  const [e, n] = [first, second].map((part) => base64url(unsignedInteger(part)))
  return createPublicKey({ format: 'jwk', key: { kty: 'RSA', e: e ?? '', n: n ?? '' } })
}

/** Whether its authority has signed it. Authorities in security keys are not verified here, so they count for nothing. */
export const isSigned = ({ authority, signature, signed }: Certificate): boolean => {
  try {
    const [name = Buffer.alloc(0), ...fields] = stringsIn(authority)
    const [algorithm = Buffer.alloc(0), value = Buffer.alloc(0)] = stringsIn(signature)
    const type = name.toString('latin1')
    const by = algorithm.toString('latin1')
    if (
      ownOf(fieldsOf, type) !== fields.length ||
      (type === 'ssh-rsa' ? ownOf(rsaHashes, by) === undefined : by !== type)
    ) {
      return false
    }
    const key = keyObject(type, fields)
    const curve = ownOf(curves, type)
    if (curve === undefined) return verify(ownOf(rsaHashes, by) ?? null, signed, key, value)
    const size = key.asymmetricKeyDetails?.namedCurve === 'secp521r1' ? 66 : Number(curve.crv.slice(2)) / 8
    const parts = stringsIn(value).map((part) => {
      const bytes = unsignedInteger(part)
      return Buffer.concat([Buffer.alloc(Math.max(0, size - bytes.length)), bytes])
    })
    return verify(curve.hash, signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.concat(parts))
  } catch {
    // A key or a signature that is no such thing.
    return false
  }
}
