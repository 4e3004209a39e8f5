import type { ReactNode } from 'react'
import { Spinner } from './spinner'
import style from './state-mark.module.css'

/** What a state means for a person; each has a shape of its own, so that colour is never the only sign. */
export type StateTone = 'good' | 'warn' | 'bad' | 'idle' | 'away' | 'busy'

const shapes: Record<StateTone, ReactNode> = {
  good: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  warn: <path d="M5 .8 9.6 9.2H.4Z" fill="currentColor" />,
  bad: <path d="m1.5 1.5 7 7m0-7-7 7" stroke="currentColor" strokeWidth="2" strokeLinecap="round" fill="none" />,
  idle: <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.2 1.47" />,
  away: <path d="M5 1 9 5 5 9 1 5Z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />,
  busy: null,
}

const colours: Record<StateTone, string | undefined> = {
  good: style.good,
  warn: style.warn,
  bad: style.bad,
  idle: style.idle,
  away: style.warn,
  busy: style.accent,
}

/** The shape of a state in its colour, without the word, for places where the word stands elsewhere. */
export const StateSign = ({ tone }: { readonly tone: StateTone }) => (
  <span className={`${style.mark} ${colours[tone]}`}>
    <StateShape tone={tone} />
  </span>
)

/** The shape of a state without its word, in the colour of what is around it. */
export const StateShape = ({ tone }: { readonly tone: StateTone }) =>
  tone === 'busy' ? (
    <Spinner size={12} />
  ) : (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      {shapes[tone]}
    </svg>
  )

/** A state: a shape and a word. */
export const StateMark = ({ tone, children }: { readonly tone: StateTone; readonly children: ReactNode }) => (
  <span className={`${style.mark} ${colours[tone]}`}>
    <StateShape tone={tone} />
    <span>{children}</span>
  </span>
)
