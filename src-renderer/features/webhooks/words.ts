import type { Webhook, WebhookDelivery } from '../../../src-preload/contract/entities/webhook'
import { translate } from '../../language'
import { formatNoun } from '../../ui/numbers'
import { german } from './words.de'

/** Words of a deploy webhook's health. */
export const english = {
  about: 'The provider calls the server when somebody pushes. The server checks the signature and deploys by itself.',
  states: {
    healthy: 'Healthy',
    silent: 'Nothing arrived yet',
    failing: 'Failing',
    disabled: 'Switched off',
    drifted: 'Changed at the provider',
    absent: 'None',
    refused: 'Not made',
    checking: 'Checking',
    'by-hand': 'Made by hand',
  } satisfies Record<Webhook['state'], string>,
  absentTitle: 'No webhook',
  absentText: {
    byHand: 'This app deploys only when you ask for it.',
    poll: 'The server looks for pushes by itself, so it needs none.',
    none: 'The branch is looked at from time to time instead. With a webhook, pushes deploy at once.',
  },
  make: 'Make webhook',
  check: 'Check again',
  test: 'Send test',
  tested: 'The test arrived.',
  repair: 'Repair',
  rotate: 'Rotate secret',
  rotated: 'The secret is new.',
  remove: 'Remove',
  more: 'More for the webhook',
  address: 'Address',
  copyAddress: 'Copy address',
  ownAddress: 'Own address',
  changeUrl: 'Use an own address',
  facts: {
    provider: 'At the provider',
    server: 'On the server',
    received: 'Last call',
    checked: 'Checked',
  },
  active: 'switched on',
  inactive: 'switched off',
  listening: 'listening',
  notListening: 'not listening',
  never: 'none yet',
  byHandTitle: 'Add it at the host',
  byHandSteps: [
    'Open the repository’s webhook settings and add one.',
    'Paste the address, choose the content type “application/json” and push events.',
    'Copy the secret, paste it, and save. It stays on the clipboard for a minute. Then send a test.',
  ],
  copySecret: 'Copy secret',

  deliveries: 'Last calls',
  noDeliveries: 'No call so far.',
  logUnread: 'A log of calls could not be read.',
  noDeliveriesHere: 'The provider keeps no log of its calls; what the server received stands here.',
  columns: { at: 'When', event: 'Event', outcome: 'What became of it', answer: 'Answer' },
  from: { provider: 'sent by the provider', receiver: 'seen by the server' } satisfies Record<
    WebhookDelivery['from'],
    string
  >,
  outcomes: {
    deployed: 'Deployed',
    unchanged: 'Live already',
    'ignored-branch': 'Another branch',
    'branch-deleted': 'Branch deleted, nothing deployed',
    'ignored-paths': 'No watched path',
    'ignored-event': 'Not a push',
    'bad-signature': 'Wrong signature',
    replayed: 'Sent a second time',
    'other-repository': 'Another repository',
    'too-large': 'Too large',
    failed: 'Failed',
  } satisfies Record<NonNullable<WebhookDelivery['outcome']>, string>,
  answered: (status: number) => `status ${status}`,
  noAnswer: 'no answer',
  calls: (count: number) => formatNoun(count, 'call'),

  url: {
    title: 'Own address of the webhook',
    text: 'Where a proxy or tunnel of yours passes calls on to the server. The provider calls it from then on.',
    label: 'Address',
    about: 'Empty: the server’s own address.',
    save: 'Save',
  },
  removing: {
    title: 'Remove the webhook?',
    text: (path: string) =>
      `It is removed at ${path} and on the server. The branch is looked at from time to time instead.`,
    verb: 'Remove webhook',
  },
  rotating: {
    title: 'Rotate the secret?',
    text: 'The provider and the server get a new one. The old one goes once a call with the new one has arrived.',
    byHand: 'You paste the new secret at the host afterwards. Until then calls with the old one are taken.',
    verb: 'Rotate secret',
  },
  cancel: 'Cancel',
} as const

export const words = translate(english, german)
