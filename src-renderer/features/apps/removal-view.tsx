import type { Removal, RemovalStep } from '../../../src-preload/contract/entities/removal'
import { api } from '../../api'
import { failureLine } from '../../failures/failure-text'
import { reportFailure } from '../../failures/report-failure'
import { LinkButton } from '../../ui/button'
import { StateMark, type StateTone } from '../../ui/state-mark'
import style from './removal.module.css'
import { words } from './words'

const tones: Record<RemovalStep['outcome'], StateTone> = {
  removed: 'good',
  'already-gone': 'good',
  queued: 'away',
  'by-hand': 'warn',
  kept: 'idle',
}

/** Steps that somebody or something still has to finish. */
export const openSteps = ({ steps }: Removal): readonly RemovalStep[] =>
  steps.filter(({ outcome }) => outcome === 'queued' || outcome === 'by-hand')

/** What came of a removal, as a title. */
export const removalTitle = (removal: Removal): string =>
  openSteps(removal).length === 0 ? words.removal.title(removal.name) : words.removal.openTitle(removal.name)

/** What was removed with an app or a server, step by step, and where a person has to finish it. */
export const RemovalView = ({ removal }: { readonly removal: Removal }) => {
  const open = openSteps(removal).length
  return (
    <>
      <p>{open === 0 ? words.removal.allDone : words.removal.open(open)}</p>
      <ul className={style.steps} aria-label={words.removal.steps(removal.name)}>
        {removal.steps.map((step) => (
          <li key={`${step.what} ${step.name}`} className={style.step}>
            <span>
              {words.removal.kinds[step.what]} <span className={style.name}>{step.name}</span>
            </span>
            <StateMark tone={tones[step.outcome]}>{words.removal.outcomes[step.outcome]}</StateMark>
            {(step.failure !== null || (step.url !== null && step.outcome !== 'removed')) && (
              <p className={style.failure}>
                {step.failure !== null && failureLine(step.failure)}{' '}
                {step.url !== null && (
                  <LinkButton onClick={() => void api.system.openPage({ url: step.url ?? '' }).catch(reportFailure)}>
                    {words.removal.finish}
                  </LinkButton>
                )}
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
