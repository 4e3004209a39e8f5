/** Words of certificates. */
export const words = {
  crumbs: ['Settings', 'Certificate'],
  title: 'Trusted certificates',
  about: 'Certificates that nobody else vouches for, each trusted for one host only.',
  ask: (host: string) => `${host} shows this certificate:`,
  unknown: 'The host showed no certificate that could be read. Try again, then look here once more.',
  facts: {
    subject: 'Issued for',
    issuer: 'Issued by',
    validFrom: 'Valid from',
    validTo: 'Valid until',
    sha256: 'SHA-256',
    trustedAt: 'Trusted',
  },
  advice:
    'Trust it only if its fingerprint is the one that the operator of the host gave you. It then counts for this host, for the provider’s interface and for git, until you forget it.',
  copy: 'Copy fingerprint',
  trust: 'Trust for this host',
  cancel: 'Cancel',
  trusted: (host: string) => `The certificate of ${host} is trusted`,
  tryAgain: 'Try again what failed.',
  forget: 'Forget',
} as const
