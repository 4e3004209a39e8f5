import type { Deploy } from '../../../src-preload/contract/entities/app'
import type { StateTone } from '../../ui/state-mark'

/** The shape of a deploy's state. */
export const deployTones: Record<Deploy['state'], StateTone> = {
  queued: 'idle',
  running: 'busy',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'idle',
  unchanged: 'idle',
  unknown: 'away',
}
