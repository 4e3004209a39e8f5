import { translate } from '../language'
import { german } from './words.de'

/** Words of the parts that all screens are made of. */
export const english = {
  loading: 'Loading',
  close: 'Close',
  show: 'Show',
  hide: 'Hide',
  copied: 'Copied',
  checks: {
    waiting: 'waiting',
    running: 'running',
    passed: 'passed',
    warned: 'passed with a warning',
    failed: 'failed',
    skipped: 'skipped',
  },
  hostKey: {
    title: (host: string) => `Is this really ${host}?`,
    unseen: 'It was never seen before. Compare the fingerprint with the one its administrator gives you.',
    published: 'It equals the key that the host publishes.',
    foreign: (published: string) =>
      `It is not the key that the host publishes, which is ${published}. Do not go on unless you know why.`,
    trust: 'Trust this host key',
  },
} as const

export const words = translate(english, german)
