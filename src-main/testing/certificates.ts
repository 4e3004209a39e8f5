import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

/** A key and its certificate, both PEM. */
export interface Identity {
  readonly key: string
  readonly cert: string
}

const day = 86_400_000

/**
 * Makes a certificate for 127.0.0.1, `localhost` and `hosts`, signed by `issuer` or by itself. Valid for a day on either
 * side.
 */
export const makeCertificate = (
  name: string,
  issuer: Identity | null = null,
  authority = false,
  hosts: readonly string[] = [],
): Identity => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  const own = forge.pki.privateKeyFromPem(key)
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.setRsaPublicKey(own.n, own.e)
  certificate.serialNumber = `01${Math.floor(Math.random() * 0xffffff)
    .toString(16)
    .padStart(6, '0')}`
  certificate.validity.notBefore = new Date(Date.now() - day)
  certificate.validity.notAfter = new Date(Date.now() + day)
  const subject: forge.pki.CertificateField[] = [
    // The types of node-forge mistake the string's type for its tag class.
    { shortName: 'CN', value: name, valueTagClass: forge.asn1.Type.UTF8 as number as forge.asn1.Class },
    { shortName: 'O', value: 'Example' },
  ]
  certificate.setSubject(subject)
  certificate.setIssuer(issuer === null ? subject : forge.pki.certificateFromPem(issuer.cert).subject.attributes)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: authority },
    {
      name: 'subjectAltName',
      altNames: [{ type: 7, ip: '127.0.0.1' }, ...['localhost', ...hosts].map((value) => ({ type: 2, value }))],
    },
  ])
  certificate.sign(issuer === null ? own : forge.pki.privateKeyFromPem(issuer.key), forge.md.sha256.create())
  return { key, cert: forge.pki.certificateToPem(certificate) }
}
