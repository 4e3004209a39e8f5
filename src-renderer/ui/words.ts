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
    title: (host: string) => `The SSH key of ${host} is not trusted yet`,
    unseen: 'Compare it once. The connection then goes on.',
    foreign: 'It is not the key that the host publishes. Someone may be intercepting the connection.',
    compare: 'Compare host key',
  },
} as const

export const words = translate(english, german)
