import { createHmac, timingSafeEqual } from 'node:crypto'
import { ownOf } from '../../src-preload/contract/own'
import { fingerprint } from './fingerprint'
import { fitsPattern, fitsPatterns } from './patterns'
import { keyTypes, typeOf } from './public-key'

/** One line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHost {
  /** Patterns as written: names, `[name]:port`, `*` and `?`, `!` for "not", or one hashed name `|1|salt|hash`. */
  readonly patterns: readonly string[]
  readonly marker: 'revoked' | 'cert-authority' | null
  readonly type: string
  readonly blob: Buffer
}

/** A host key as a server showed it. */
export interface HostKey {
  readonly type: string
  readonly blob: Buffer
}

/** What the book says of a key that a server showed. */
export type HostKeyVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'changed'; readonly known: readonly HostKey[] }
  | { readonly kind: 'refused'; readonly reason: 'revoked' | 'leaked' }
  /** An authority of the book signed it, and its certificate is not valid here. */
  | { readonly kind: 'refused'; readonly reason: 'certificate'; readonly why: string }

/**
 * Keys that must never be trusted again: GitHub's RSA key whose private half was published in March 2023,
 * and Bitbucket's RSA key replaced in June 2023. Old copies of both are still around.
 */
const leaked: ReadonlySet<string> = new Set(['SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8'])
const leakedPrefixes: readonly string[] = [
  'AAAAB3NzaC1yc2EAAAABIwAAAQEAubiN81eD',
  'AAAAB3NzaC1yc2EAAAABIwAAAQEAq2A7hRGm',
]

/** Reads a known_hosts file. Lines that can't be read are left out: an unreadable line trusts nobody. */
export const parseKnownHosts = (text: string): readonly KnownHost[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const words = line.trim().split(/[ \t]+/)
    if (line.trim() === '' || line.trim().startsWith('#')) return []
    const marked = words[0]?.startsWith('@') === true
    const marker = ownOf(markers, words[0] ?? '') ?? null
    if (marked && marker === null) return []
    const [patterns = '', type = '', encoded = ''] = marked ? words.slice(1) : words
    if (!(keyTypes as readonly string[]).includes(type) || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return []
    const blob = Buffer.from(encoded, 'base64')
    return typeOf(blob) === type ? [{ patterns: patterns.split(','), marker, type, blob }] : []
  })

const markers: Readonly<Record<string, KnownHost['marker']>> = {
  '@revoked': 'revoked',
  '@cert-authority': 'cert-authority',
}

/** One line for a host, as ssh reads it. */
export const formatKnownHost = (host: string, port: number, { type, blob }: HostKey): string =>
  `${hostName(host, port)} ${type} ${blob.toString('base64')}`

/** An entry as one line, as it was read. */
export const formatEntry = ({ patterns, marker, type, blob }: KnownHost): string =>
  [...(marker === null ? [] : [`@${marker}`]), patterns.join(','), type, blob.toString('base64')].join(' ')

/** The name under which ssh looks a host up: `[name]:port` unless the port is 22. */
export const hostName = (host: string, port: number): string => {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  return port === 22 ? name : `[${name}]:${port}`
}

/** Compares a shown key with everything that is known of the host. */
export const judgeHostKey = (
  book: readonly KnownHost[],
  host: string,
  port: number,
  shown: HostKey,
): HostKeyVerdict => {
  const encoded = shown.blob.toString('base64')
  if (leaked.has(fingerprint(shown.blob)) || leakedPrefixes.some((prefix) => encoded.startsWith(prefix))) {
    return { kind: 'refused', reason: 'leaked' }
  }
  const entries = book.filter((entry) => entry.marker !== 'cert-authority' && speaksOf(entry, host, port))
  if (entries.some((entry) => entry.marker === 'revoked' && entry.blob.equals(shown.blob))) {
    return { kind: 'refused', reason: 'revoked' }
  }
  const trusted = entries.filter((entry) => entry.marker === null)
  if (trusted.some((entry) => entry.blob.equals(shown.blob))) return { kind: 'known' }
  return trusted.length > 0 ? { kind: 'changed', known: trusted } : { kind: 'unknown' }
}

/** Whether an entry speaks of this host: some pattern fits and no negated one does. */
export const matches = ({ patterns }: KnownHost, host: string, port: number): boolean => {
  const name = hostName(host, port)
  const fits = (pattern: string) =>
    pattern.startsWith('|1|') ? fitsHashed(pattern, name) : fitsPattern(pattern.toLowerCase(), name)
  return fitsPatterns(patterns, fits)
}

/**
 * The same for entries as ssh uses them: authorities and withdrawn keys of a name count at each of its ports
 * (sshconnect.c, "checking without port identifier").
 */
export const speaksOf = (entry: KnownHost, host: string, port: number): boolean =>
  matches(entry, host, port) || (entry.marker !== null && matches(entry, host, 22))

const fitsHashed = (pattern: string, name: string): boolean => {
  const [, , salt = '', hash = ''] = pattern.split('|')
  const expected = Buffer.from(hash, 'base64')
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest()
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}
