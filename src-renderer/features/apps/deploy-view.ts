import type { Deploy, DeployPhase } from '../../../src-preload/contract/entities/app'
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

/** The shape of one phase. A deploy ends in the last phase before its report, which is made however it ended. */
export const phaseTone = ({ state, phases }: Pick<Deploy, 'state' | 'phases'>, phase: DeployPhase): StateTone => {
  const isLast = phase === phases.filter((one) => one.phase !== 'report').at(-1)?.phase
  if (state === 'running') return phases.find((one) => one.phase === phase)?.milliseconds === null ? 'busy' : 'good'
  if (!isLast || state === 'succeeded' || state === 'unchanged') return 'good'
  return deployTones[state]
}
