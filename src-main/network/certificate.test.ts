import { X509Certificate } from 'node:crypto'
import { expect, it } from 'vitest'
import { makeCertificate } from '../testing/certificates'
import { readCertificate } from './certificate'

const ellipticCurve = `-----BEGIN CERTIFICATE-----
MIIB+DCCAZ2gAwIBAgIUXHEjOWJEMC5vccQ//hNShS6QiRYwCgYIKoZIzj0EAwIw
UDELMAkGA1UEBhMCREUxGTAXBgNVBAoMEEJlaXNwaWVsIEdyw7bDn2UxDDAKBgNV
BAsMA0dpdDEYMBYGA1UEAwwPZ2l0LmV4YW1wbGUub3JnMCAXDTI2MTEyMzAxMDI0
OFoYDzIxMjYxMDMwMDEwMjQ4WjBQMQswCQYDVQQGEwJERTEZMBcGA1UECgwQQmVp
c3BpZWwgR3LDtsOfZTEMMAoGA1UECwwDR2l0MRgwFgYDVQQDDA9naXQuZXhhbXBs
ZS5vcmcwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ0qpfYusWUITBcGuatbC6q
wnqJ8FKXnK5d8wczFywYnOXmNTicI8W8tDzu8eeU5rlC7mCWRELDo/0il8EZhIPV
o1MwUTAdBgNVHQ4EFgQUsPSwKCWMTDn8Qwf2WrtzSRtzQmgwHwYDVR0jBBgwFoAU
sPSwKCWMTDn8Qwf2WrtzSRtzQmgwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD
AgNJADBGAiEAgnYvKVXQYW75EUfNRFpt7TQafsOO6yNkMuO9b2SVZqkCIQD2klD7
uC7/B22+MXqP1N2BUVJtTqzcq/TR4kjr9x6fRg==
-----END CERTIFICATE-----
`

it.each([
  ['an elliptic-curve key', () => ellipticCurve],
  ['an RSA key', () => makeCertificate('git.example.org').cert],
])('reads a certificate with %s as Node does', async (_, make) => {
  const node = new X509Certificate(make())
  const read = await readCertificate(node.raw)
  expect(read.sha256).toBe(node.fingerprint256)
  expect(new X509Certificate(read.pem).raw).toEqual(node.raw)
  expect(Date.parse(read.validFrom)).toBe(Date.parse(node.validFrom))
  expect(Date.parse(read.validTo)).toBe(Date.parse(node.validTo))
  expect(read.subject).toContain('CN=git.example.org')
})

it('puts the telling part of a name first and keeps its letters', async () => {
  const { subject } = await readCertificate(new X509Certificate(ellipticCurve).raw)
  expect(subject).toBe('CN=git.example.org, O=Beispiel Größe, OU=Git, C=DE')
})
