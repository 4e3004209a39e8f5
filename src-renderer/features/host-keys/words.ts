import { translate } from '../../language'
import { german } from './words.de'

/** Words of the host key book. */
export const english = {
  title: 'Host keys',
  crumbs: ['Organization Settings', 'Integrations', 'Host keys'],
  about:
    'SSH hosts that this app trusts: those that publish their keys, and those that you confirmed. Your own ~/.ssh is not used.',
  filter: 'Filter hosts',
  list: 'Trusted host keys',
  markers: { 'cert-authority': 'certificate authority', revoked: 'withdrawn' },
  add: 'Add lines…',
  addTitle: 'Add host keys',
  addLabel: 'Lines of a known_hosts file',
  addAbout: 'Also @cert-authority and @revoked. Nothing is trusted before you have seen the fingerprints.',
  addVerb: 'Add',
  cancel: 'Cancel',
  added: (count: number) =>
    count === 0 ? 'All of them were there already' : count === 1 ? '1 line added' : `${count} lines added`,
  from: { published: 'published by the host', confirmed: 'confirmed by you' },
  forget: 'Forget',
  forgetHost: (host: string) => `Forget ${host}`,
  noMatch: 'No host matches.',
  trusted: (host: string) => `The host key of ${host} is trusted`,
  tryAgain: 'Try again what failed.',
  changed: {
    title: 'The host shows another key now.',
    cause: 'It changed while you were looking. Nothing was trusted.',
    fix: 'Try again to see the one that it shows.',
  },
} as const

export const words = translate(english, german)
