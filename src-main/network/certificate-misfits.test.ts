import { expect, it } from 'vitest'
import { makeCertificate } from '../testing/certificates'
import { certificateMisfits } from './certificate-misfits'

const day = 86_400_000
const certificate = {
  pem: makeCertificate('git.acme.dev', null, false, ['git.acme.dev', '*.apps.acme.dev']).cert,
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
}
const from = Date.parse(certificate.validFrom)
const to = Date.parse(certificate.validTo)

it.each([
  ['git.acme.dev:443', from, []],
  ['GIT.acme.dev:8443', to, []],
  ['one.apps.acme.dev:443', from, []],
  ['127.0.0.1:443', from, []],
  ['git.acme.dev:443', to + day, ['expired']],
  ['git.acme.dev:443', from - day, ['not-yet-valid']],
  ['other.acme.dev:443', from, ['wrong-host']],
  ['one.two.apps.acme.dev:443', from, ['wrong-host']],
  ['127.0.0.2:443', from, ['wrong-host']],
  ['[::1]:443', to + day, ['expired', 'wrong-host']],
])('what git compares besides, at %s and %d: %j', (host, now, misfits) => {
  expect(certificateMisfits(certificate, host, now)).toEqual(misfits)
})

it('counts what can’t be read as issued for no host', () => {
  expect(certificateMisfits({ ...certificate, pem: 'none' }, 'git.acme.dev:443', from)).toEqual(['wrong-host'])
})
