import type { Webhook, WebhookDelivery } from '../../../src-preload/contract/entities/webhook'
import type { StateTone } from '../../ui/state-mark'
import { words } from './words'

const tones: Record<Webhook['state'], StateTone> = {
  healthy: 'good',
  silent: 'idle',
  failing: 'bad',
  disabled: 'warn',
  drifted: 'warn',
  absent: 'idle',
  refused: 'bad',
  checking: 'busy',
  'by-hand': 'idle',
}

/** Its state as a shape and a word. */
export const stateOf = ({ state }: Webhook): { readonly tone: StateTone; readonly word: string } => ({
  tone: tones[state],
  word: words.states[state],
})

/** What a person would do next. */
export const nextOf = (webhook: Webhook): 'repair' | 'test' | 'check' => {
  switch (webhook.state) {
    case 'drifted':
    case 'disabled':
    case 'refused':
    case 'absent':
      return webhook.can.repair ? 'repair' : 'check'
    case 'failing':
      return webhook.can.repair ? 'repair' : 'test'
    default:
      return webhook.can.test ? 'test' : 'check'
  }
}

const good = new Set<WebhookDelivery['outcome']>([
  'deployed',
  'unchanged',
  'ignored-branch',
  'branch-deleted',
  'ignored-paths',
  'ignored-event',
])

/** Whether a call ended well: by what the server did with it, else by the status that the provider saw. */
export const deliveryTone = ({ outcome, status }: WebhookDelivery): StateTone => {
  if (outcome !== null) return outcome === 'deployed' ? 'good' : good.has(outcome) ? 'idle' : 'bad'
  if (status === null) return 'bad'
  return status < 400 ? 'good' : 'bad'
}
