import { createHash } from 'node:crypto'
import type { asn1 } from 'node-forge'
import { ownOf } from '../../src-preload/contract/own'
import { saidName } from '../../src-preload/contract/plain-text'

/** What people compare before they trust a certificate by hand. */
export interface PeerCertificate {
  readonly pem: string
  /** Distinguished names, most telling part first, e.g. `CN=git.example.org, O=Example`. */
  readonly subject: string
  readonly issuer: string
  /** ISO 8601. */
  readonly validFrom: string
  readonly validTo: string
  /** SHA-256 of the DER form: upper-case hex pairs with colons, as browsers and openssl print it. */
  readonly sha256: string
}

const attributeNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.6': 'C',
}

/** SHA-256 of a certificate in DER form, as it is shown to people. */
export const certificateSha256 = (der: Uint8Array): string =>
  (createHash('sha256').update(der).digest('hex').toUpperCase().match(/../g) ?? []).join(':')

/** PEM form (RFC 7468 section 5) of a certificate in DER form. */
export const toPem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`

const children = (node: asn1.Asn1 | undefined): readonly asn1.Asn1[] =>
  node !== undefined && Array.isArray(node.value) ? node.value : []

const content = (node: asn1.Asn1 | undefined): string => (typeof node?.value === 'string' ? node.value : '')

/**
 * Reads a certificate of any key type. node-forge's own certificate reader accepts RSA keys only, so this walks the
 * ASN.1 that RFC 5280 section 4.1 prescribes.
 */
export const readCertificate = async (der: Buffer): Promise<PeerCertificate> => {
  const { default: forge } = await import('node-forge')

  const text = (node: asn1.Asn1 | undefined): string => {
    const value = content(node)
    if (node?.type === forge.asn1.Type.BMPSTRING) return Buffer.from(value, 'latin1').swap16().toString('utf16le')
    return Buffer.from(value, 'latin1').toString(node?.type === forge.asn1.Type.UTF8 ? 'utf8' : 'latin1')
  }
  const name = (sequence: asn1.Asn1 | undefined): string => {
    const parts = children(sequence).flatMap((set) =>
      children(set).map((pair) => {
        const [type, value] = children(pair)
        const oid = forge.asn1.derToOid(content(type))
        return { rank: Object.keys(attributeNames).indexOf(oid), label: ownOf(attributeNames, oid), value: text(value) }
      }),
    )
    const known = parts.filter(({ label }) => label !== undefined).sort((a, b) => a.rank - b.rank)
    return saidName(known.map(({ label, value }) => `${label}=${value}`).join(', '), 300)
  }
  const time = (node: asn1.Asn1 | undefined): string => {
    const read = node?.type === forge.asn1.Type.UTCTIME ? forge.asn1.utcTimeToDate : forge.asn1.generalizedTimeToDate
    return read(content(node)).toISOString()
  }

  const [body] = children(forge.asn1.fromDer(forge.util.createBuffer(der.toString('latin1'))))
  const fields = children(body)
  const versioned = fields[0]?.tagClass === forge.asn1.Class.CONTEXT_SPECIFIC ? 1 : 0
  const [issuer, validity, subject] = fields.slice(versioned + 2)
  const [from, to] = children(validity)
  return {
    pem: toPem(der),
    subject: name(subject),
    issuer: name(issuer),
    validFrom: time(from),
    validTo: time(to),
    sha256: certificateSha256(der),
  }
}
