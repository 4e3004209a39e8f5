import { translate } from '../../language'
import { german } from './words.de'

/** Words of certificates. */
export const english = {
  title: 'Trusted certificates',
  about: 'Certificates that nobody else vouches for, each trusted for one host only.',
  none: 'None. When a host shows a certificate that this computer does not know, you are asked.',
  changed: {
    title: 'The host shows another certificate now.',
    cause: 'It changed while you were looking. Nothing was trusted.',
    fix: 'Try again to compare the one that it shows.',
  },
  trusted: (host: string) => `The certificate of ${host} is trusted`,
  tryAgain: 'Try again what failed.',
  trustedSince: 'trusted',
  forget: 'Forget',
  forgetHost: (host: string) => `Forget the certificate of ${host}`,
} as const

export const words = translate(english, german)
