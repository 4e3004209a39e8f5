import type { Receipt } from '../../../src-preload/contract/entities/account'
import { api } from '../../api'
import { failureLine } from '../../failures/failure-text'
import { reportFailure } from '../../failures/report-failure'
import { LinkButton } from '../../ui/button'
import { StateMark, type StateTone } from '../../ui/state-mark'
import style from './account-list.module.css'
import { words } from './words'

type Step = Receipt['steps'][number]

const tones: Record<Step['outcome'], StateTone> = {
  removed: 'good',
  'already-gone': 'good',
  queued: 'away',
  'by-hand': 'warn',
  kept: 'idle',
}

/** Steps that somebody or something still has to finish. */
export const openSteps = (receipt: Receipt): readonly Step[] =>
  receipt.steps.filter((step) => step.outcome === 'queued' || step.outcome === 'by-hand')

/** What came of a revocation, as a title. */
export const receiptTitle = (receipt: Receipt, name: string): string =>
  openSteps(receipt).length === 0 ? words.receiptTitle(name) : words.receiptOpenTitle(name)

/** What a revocation removed, step by step, and where a person has to finish it. */
export const ReceiptView = ({ receipt }: { readonly receipt: Receipt }) => (
  <>
    <p>{openSteps(receipt).length === 0 ? words.receiptAllDone : words.receiptOpen(openSteps(receipt).length)}</p>
    <ul className={style.steps} aria-label={words.receiptTitle(receipt.login)}>
      {receipt.steps.map((step) => (
        <li key={`${step.what} ${step.name}`} className={style.step}>
          <span>
            {words.stepKinds[step.what]} {step.name !== '' && <span className={style['step-name']}>{step.name}</span>}
          </span>
          <StateMark tone={tones[step.outcome]}>{words.outcomes[step.outcome]}</StateMark>
          {step.what === 'public-key' && <p className={style['step-failure']}>{words.publicKeyStays}</p>}
          {(step.failure !== null || (step.url !== null && step.outcome !== 'removed')) && (
            <p className={style['step-failure']}>
              {step.failure !== null && failureLine(step.failure, { host: receipt.host })}{' '}
              {step.url !== null && (
                <LinkButton onClick={() => void api.system.openPage({ url: step.url ?? '' }).catch(reportFailure)}>
                  {words.finishThere}
                </LinkButton>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  </>
)
