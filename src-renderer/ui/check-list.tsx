import type { ReactNode } from 'react'
import style from './check-list.module.css'
import { formatDuration } from './numbers'
import { StateShape, type StateTone } from './state-mark'
import { words } from './words'

/** How one check stands. `warned`: it works, but not well. `skipped`: an earlier one failed. */
export type CheckState = 'waiting' | 'running' | 'passed' | 'warned' | 'failed' | 'skipped'

/** One line of a list of checks. */
export interface Check {
  readonly id: string
  readonly label: string
  readonly state: CheckState
  /** What was found: a version, a path, an amount. */
  readonly detail?: string | null
  readonly milliseconds?: number | null
  /** Why it did not pass, in one line. */
  readonly problem?: string | null
  /** What can be done about it, at the end of the line. */
  readonly action?: ReactNode
  /** What belongs to it and needs more room: a question, a failure in full. */
  readonly below?: ReactNode
}

const tones: Readonly<Record<CheckState, StateTone>> = {
  waiting: 'idle',
  running: 'busy',
  passed: 'good',
  warned: 'warn',
  failed: 'bad',
  skipped: 'idle',
}

/** Checks in their order, each a line that ticks. */
export const CheckList = ({ label, checks }: { readonly label: string; readonly checks: readonly Check[] }) => (
  <ol className={style.list} aria-label={label}>
    {checks.map((check) => (
      <li key={check.id} className={style.check} data-state={check.state}>
        <div className={style.row}>
          <span className={style.shape}>
            <StateShape tone={tones[check.state]} />
          </span>
          <span>
            {check.label}
            <span className={style.hidden}>, {words.checks[check.state]}</span>
          </span>
          <span className={style.detail}>
            <bdi title={check.detail ?? undefined}>{check.detail}</bdi>
            {check.milliseconds !== null && check.milliseconds !== undefined && (
              <span className={style.time}>{formatDuration(check.milliseconds)}</span>
            )}
          </span>
          {check.action}
        </div>
        {check.problem !== null && check.problem !== undefined && <p className={style.problem}>{check.problem}</p>}
        {check.below !== null && check.below !== undefined && <div className={style.below}>{check.below}</div>}
      </li>
    ))}
  </ol>
)
