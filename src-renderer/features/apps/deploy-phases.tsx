import type { Deploy, DeployPhase } from '../../../src-preload/contract/entities/app'
import { useTickingNow } from '../../ui/clock'
import { formatDuration } from '../../ui/numbers'
import { StateShape } from '../../ui/state-mark'
import { phaseTone } from './deploy-view'
import { words } from './deploy-words'
import style from './deploys.module.css'

/** Time since a moment, for as long as somebody looks. */
export const Elapsed = ({ since }: { readonly since: number }) => {
  const now = useTickingNow()
  return <>{formatDuration(Math.max(0, Math.floor((now - since) / 1000) * 1000))}</>
}

/** The phases of a deploy with their durations; each leads to its first line in the log. */
export const DeployPhases = (props: {
  readonly deploy: Deploy
  readonly has: (phase: DeployPhase) => boolean
  readonly onChoose: (phase: DeployPhase) => void
}) => {
  const { deploy } = props
  if (deploy.phases.length === 0) return null
  return (
    <ol className={style.phases} aria-label={words.phasesLabel}>
      {deploy.phases.map(({ phase, startedAt, milliseconds }) => {
        const tone = phaseTone(deploy, phase)
        return (
          <li key={phase}>
            <button
              type="button"
              className={style.phase}
              data-tone={tone}
              aria-disabled={!props.has(phase)}
              aria-current={tone === 'busy' ? 'step' : undefined}
              onClick={() => props.has(phase) && props.onChoose(phase)}
            >
              <span className={style.shape}>
                <StateShape tone={tone} />
              </span>
              {words.phases[phase]}
              <span className={style.time}>
                {milliseconds !== null ? (
                  formatDuration(milliseconds)
                ) : tone === 'busy' ? (
                  <Elapsed since={startedAt} />
                ) : null}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
