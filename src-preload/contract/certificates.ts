import { array, type InferOutput, number, object, string } from 'valibot'
import { method, nothing } from './method'
import { line } from './text'

/** What people compare before they trust a certificate by hand. */
export const Certificate = object({
  /** `host:port` that shows it. */
  host: string(),
  /** Distinguished names, most telling part first, e.g. `CN=git.example.org, O=Example`. */
  subject: string(),
  issuer: string(),
  /** ISO 8601. */
  validFrom: string(),
  validTo: string(),
  /** SHA-256 of the DER form: upper-case hex pairs with colons, as browsers print it. */
  sha256: string(),
})
export type Certificate = InferOutput<typeof Certificate>

/** A certificate that a person trusts for one host although no authority vouches for it. */
export const TrustedCertificate = object({ ...Certificate.entries, trustedAt: number() })
export type TrustedCertificate = InferOutput<typeof TrustedCertificate>

/** `host` or `host:port`; 443 unless said. */
const Host = line(300)

export const certificates = {
  list: method(nothing, array(TrustedCertificate)),
  /** Reads what the host shows now, without sending it a request. @throws like any request */
  look: method(object({ host: Host }), Certificate),
  /** Trusts what the host shows now. @throws `conflict` if that is no longer the certificate with this fingerprint */
  trust: method(object({ host: Host, sha256: line(200) }), TrustedCertificate),
  forget: method(object({ host: Host }), nothing),
}
