import type { KeyCertificate } from '../../../src-preload/contract/entities/ssh-key'
import { Failure } from '../../../src-preload/contract/outcome'
import { saidName } from '../../../src-preload/contract/plain-text'
import { type Certificate, latestCertificate, parseCertificate } from '../../ssh/certificate'
import { fingerprint } from '../../ssh/fingerprint'
import { parsePublicKey } from '../../ssh/public-key'

/** What is shown of a certificate. */
export const certificateFacts = (line: string | null | undefined): KeyCertificate | null => {
  const certificate = parseCertificate(line ?? '')
  if (certificate === null) return null
  const { id, serial, principals, validBefore, authority } = certificate
  return {
    id: saidName(id, 200),
    serial,
    principals: principals.slice(0, 50).map((principal) => saidName(principal, 100)),
    validUntil: validBefore === null ? null : validBefore * 1000,
    authority: fingerprint(authority),
  }
}

/** The line that is meant: the one for this key, else the first certificate, which is then refused by name. */
const lineOf = (text: string, key: Buffer): string => {
  const lines = text.split(/\r?\n/)
  return latestCertificate(lines, key) ?? lines.find((line) => parseCertificate(line) !== null)?.trim() ?? ''
}

/**
 * The line of a user certificate for a key, as a `*-cert.pub` file holds it.
 * @param now Unix ms
 * @throws Failure `key-unreadable` with the `reason`
 */
export const requireCertificate = (text: string, publicKey: string, now: number): string => {
  const { blob } = parsePublicKey(publicKey)
  const line = lineOf(text, blob)
  const certificate: Certificate | null = parseCertificate(line)
  const refuse = (reason: string) => new Failure('key-unreadable', { reason })
  if (certificate === null) throw refuse('not-a-certificate')
  if (certificate.kind !== 'user') throw refuse('certificate-of-host')
  if (!certificate.key.equals(blob)) throw refuse('certificate-of-another-key')
  if (certificate.validBefore !== null && certificate.validBefore * 1000 <= now) throw refuse('certificate-over')
  return line
}

/** The same, or null where the text has none that fits. */
export const fittingCertificate = (text: string | null, publicKey: string, now: number): string | null => {
  try {
    return text === null ? null : requireCertificate(text, publicKey, now)
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}
