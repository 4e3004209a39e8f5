import { array, type InferOutput, number, object, string } from 'valibot'
import { method, nothing } from './method'
import { line } from './text'

/** A certificate that a person trusts for one host although no authority vouches for it. */
export const TrustedCertificate = object({
  /** `host:port`. */
  host: string(),
  subject: string(),
  issuer: string(),
  validFrom: string(),
  validTo: string(),
  /** SHA-256 of the DER form: upper-case hex pairs with colons, as browsers print it. */
  sha256: string(),
  trustedAt: number(),
})
export type TrustedCertificate = InferOutput<typeof TrustedCertificate>

export const certificates = {
  list: method(nothing, array(TrustedCertificate)),
  /** Trusts what the host shows now, if it still is the certificate with this fingerprint. */
  trust: method(object({ host: line(300), sha256: line(200) }), TrustedCertificate),
  forget: method(object({ host: line(300) }), nothing),
}
