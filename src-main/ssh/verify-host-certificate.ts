import { Failure } from '../../src-preload/contract/outcome'
import { type Certificate, isSigned, parseCertificate } from './certificate'
import { fingerprint } from './fingerprint'
import { keyscan } from './keyscan'
import { type HostKey, parseKnownHosts } from './known-hosts'
import { fitsPattern } from './patterns'

/** A host key that an authority of the book vouches for. */
export interface CertifiedKey extends HostKey {
  /** Fingerprint of the authority's key. */
  readonly authority: string
}

/** Why a certificate is not valid for a host now, or null: what OpenSSH checks of it (sshkey.c, sshkey_cert_check_host). */
export const misfit = (certificate: Certificate, host: string, nowSeconds: number): string | null => {
  const { kind, critical, validAfter, validBefore, principals } = certificate
  if (kind !== 'host') return 'not-for-hosts'
  if (!isSigned(certificate)) return 'signature'
  if (nowSeconds < validAfter) return 'not-yet-valid'
  if (validBefore !== null && nowSeconds >= validBefore) return 'expired'
  if (critical.length > 0) return 'unknown-option'
  const name = host.toLowerCase()
  // Names of hosts may have wildcards (ssh-keygen(1), CERTIFICATES).
  return principals.length === 0 || principals.some((principal) => fitsPattern(principal, name)) ? null : 'other-host'
}

/**
 * Asks a host for its certificates and holds them against the authorities.
 * @param lines known_hosts lines of the authorities that are trusted for this host
 * @returns null when the host shows no certificate of one of them
 * @throws Failure `host-key-refused` (`certificate`) when one of them signed it and it is not valid here, `cancelled`
 */
export const verifyHostCertificate = async (
  host: string,
  port: number,
  lines: string,
  signal: AbortSignal,
): Promise<CertifiedKey | null> => {
  const authorities = parseKnownHosts(lines).filter(({ marker }) => marker === 'cert-authority')
  const name = host.replace(/^\[|\]$/g, '')
  const own = (await shownCertificates(name, port, signal)).filter(({ authority }) =>
    authorities.some(({ blob }) => blob.equals(authority)),
  )
  const misfits = own.map((certificate) => misfit(certificate, name, Date.now() / 1000))
  const good = own.find((_, index) => misfits[index] === null)
  if (good !== undefined) return { type: good.type, blob: good.key, authority: fingerprint(good.authority) }
  const [why] = misfits
  if (why !== undefined && why !== null) throw new Failure('host-key-refused', { host, reason: 'certificate', why })
  return null
}

/** A certificate proves nothing by where it comes from. */
const shownCertificates = async (host: string, port: number, signal: AbortSignal): Promise<readonly Certificate[]> =>
  (await keyscan(host, port, 'certificates', signal)).flatMap((line) => parseCertificate(line) ?? [])
