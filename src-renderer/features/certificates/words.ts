import { translate } from '../../language'
import { german } from './words.de'

/** What git makes of a certificate that is trusted by hand, where that differs. */
const git: Readonly<Record<string, string>> = {
  expired: 'Git looks at the dates as well and will not clone by HTTPS until the host has a new one.',
  'not-yet-valid': 'Git looks at the dates as well and will not clone by HTTPS until then.',
  'wrong-host': 'Git compares the name as well and will not clone by HTTPS from this address.',
}

/** Words of certificates. */
export const english = {
  question: 'Untrusted certificate',
  title: 'Trusted certificates',
  about: 'Certificates that nobody else vouches for, each trusted for one host only.',
  none: 'None. When a host shows a certificate that this computer does not know, you are asked.',
  ask: (host: string) => `${host} shows this certificate:`,
  facts: {
    subject: 'Issued for',
    issuer: 'Issued by',
    validFrom: 'Valid from',
    validTo: 'Valid until',
    sha256: 'SHA-256 fingerprint',
  },
  advice:
    'Trust it only if its fingerprint is the one that the operator of the host gave you. It then counts for this host, for the provider’s interface and for git, until you forget it.',
  git,
  changed: {
    title: 'The host shows another certificate now.',
    cause: 'It changed while you were looking. Nothing was trusted.',
    fix: 'Compare the one above.',
  },
  copy: 'Copy fingerprint',
  trust: (host: string) => `Trust this certificate for ${host}`,
  cancel: 'Cancel',
  trusted: (host: string) => `The certificate of ${host} is trusted`,
  tryAgain: 'Try again what failed.',
  trustedSince: 'trusted',
  forget: 'Forget',
  forgetHost: (host: string) => `Forget the certificate of ${host}`,
  forgetTitle: (host: string) => `Forget the certificate of ${host}?`,
  forgetText: (host: string) =>
    `Accounts at ${host} can’t be reached any more, unless a known authority vouches for the host.`,
  forgetVerb: 'Forget certificate',
} as const

export const words = translate(english, german)
