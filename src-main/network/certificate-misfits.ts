import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'

/** Why git refuses a certificate even where a person trusts it by hand: libcurl compares its dates and its names as well. */
export type CertificateMisfit = 'expired' | 'not-yet-valid' | 'wrong-host'

/** Whether it was issued for a host (RFC 9525). What can't be read counts as issued for none. */
const isIssuedFor = (pem: string, hostname: string): boolean => {
  try {
    const certificate = new X509Certificate(pem)
    return isIP(hostname) === 0
      ? certificate.checkHost(hostname) !== undefined
      : certificate.checkIP(hostname) !== undefined
  } catch {
    return false
  }
}

/** @param host `host:port`, an IPv6 address in brackets. @param now Unix ms */
export const certificateMisfits = (
  { pem, validFrom, validTo }: { readonly pem: string; readonly validFrom: string; readonly validTo: string },
  host: string,
  now: number,
): readonly CertificateMisfit[] => {
  const hostname = new URL(`https://${host}/`).hostname.replace(/^\[|\]$/g, '')
  return [
    ...(Date.parse(validTo) < now ? ['expired' as const] : []),
    ...(Date.parse(validFrom) > now ? ['not-yet-valid' as const] : []),
    ...(isIssuedFor(pem, hostname) ? [] : ['wrong-host' as const]),
  ]
}
