import { type ReactNode, useEffect, useRef } from 'react'
import type { FailureData } from '../../src-preload/contract/outcome'
import { api } from '../api'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { CopyButton } from '../ui/copy-button'
import { KeyValue } from '../ui/key-value'
import { StateShape } from '../ui/state-mark'
import { type FailureAction, failureActions } from './action'
import { cardWords } from './card-words'
import { defaultActions } from './default-actions'
import { readFacts } from './facts'
import style from './failure-card.module.css'
import { wordsFor } from './failure-words'
import { reportFailure } from './report-failure'

/** What a screen can do about failures, by action. */
export type FailureHandlers = Partial<Record<FailureAction, (() => void) | undefined>>

/** The button that this failure asks for, if the screen or the app can do it. */
export const actionFor = (
  failure: FailureData,
  action: FailureAction | null,
  handlers: FailureHandlers,
): { readonly label: string; readonly run: () => void } | null => {
  if (action === null) return null
  const page = failure.facts.url
  const anywhere = defaultActions[action]
  const run =
    handlers[action] ??
    (anywhere === undefined ? undefined : () => anywhere(failure, handlers.retry)) ??
    (page === undefined ? undefined : () => void api.system.openPage({ url: page }).catch(reportFailure))
  return run === undefined ? null : { label: failureActions[action], run }
}

/** A moment in Unix ms becomes a date; everything else stays as it is. */
const readable = (value: string): string => (/^1\d{12}$/.test(value) ? new Date(Number(value)).toISOString() : value)

const evidenceOf = (failure: FailureData): readonly (readonly [string, string])[] => [
  [cardWords.code, failure.code],
  ...Object.entries(failure.facts)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, readable(value)] as const),
]

/**
 * A failure in full: what happened, why, what to do, one button, and the evidence folded away.
 * `facts` adds what the screen knows (`provider`, `host`) where the failure itself does not say it.
 */
export const FailureCard = (props: {
  readonly failure: FailureData
  readonly facts?: Readonly<Record<string, string>>
  readonly handlers?: FailureHandlers
  /** Words that fit this place better than the table's. */
  readonly words?: Partial<ReturnType<typeof wordsFor>> | undefined
  readonly busy?: boolean
  readonly children?: ReactNode
}) => {
  const { failure } = props
  const words = {
    ...wordsFor(failure.code, readFacts({ ...props.facts, ...failure.facts }, Date.now())),
    ...props.words,
  }
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // In braces: newer Chromium answers with a promise, which React would take for the clean-up.
    card.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const button = actionFor(failure, words.action, props.handlers ?? {})
  const evidence = evidenceOf(failure)
  return (
    <div ref={card} className={classNames(style.card, words.calm && style.calm)} role="alert">
      <div className={style.head}>
        <span className={style.shape}>
          <StateShape tone={words.calm ? 'warn' : 'bad'} />
        </span>
        <div className={style.words}>
          <p className={style.title}>{words.title}</p>
          <p>{[words.cause, words.fix].filter((sentence) => sentence !== '').join(' ')}</p>
        </div>
      </div>
      <div className={style.foot}>
        {button !== null && (
          <Button small busy={props.busy === true} onClick={button.run}>
            {button.label}
          </Button>
        )}
        {props.children}
        <details className={style.details}>
          <summary>{cardWords.evidence}</summary>
          <div className={style.evidence}>
            <KeyValue rows={evidence.map(([name, value]) => [name, <code key={name}>{value}</code>])} />
            <CopyButton
              small
              look="quiet"
              copy={() => api.system.copy({ text: evidence.map((pair) => pair.join(': ')).join('\n') })}
            >
              {cardWords.copy}
            </CopyButton>
          </div>
        </details>
      </div>
    </div>
  )
}
