import { createHash } from 'node:crypto'

/** How many hexadecimal digits of the hash are kept: 100 bits, beyond the reach of whoever looks for a second host with the same. */
const digits = 25

/**
 * A short name for an authorization server, made of its base address (`https://host[:port][/path]`, as
 * `normaliseHost` writes it): 20 characters of base32hex (RFC 4648 section 7) in lower case.
 */
export const issuerId = (host: string): string => {
  const hash = createHash('sha256').update(host, 'utf8').digest('hex').slice(0, digits)
  return BigInt(`0x${hash}`).toString(32).padStart(20, '0')
}

/** The shape of an issuer's name, for regular expressions. */
export const issuerIdPattern = '[0-9a-v]{20}'
