import type { ReactNode } from 'react'
import style from './banner.module.css'
import { classNames } from './class-names'
import { StateShape, type StateTone } from './state-mark'

/** Something to know before going on: a shape, a short title, a sentence, and what can be done. */
export const Banner = (props: {
  readonly tone: StateTone
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
  readonly role?: 'status' | 'alert'
}) => (
  <div
    className={classNames(style.banner, props.tone === 'warn' && style.warn, props.tone === 'bad' && style.bad)}
    role={props.role ?? 'status'}
  >
    <span className={style.shape}>
      <StateShape tone={props.tone} />
    </span>
    <div className={style.words}>
      <p className={style.title}>{props.title}</p>
      {props.children !== undefined && <div className={style.text}>{props.children}</div>}
    </div>
    {props.actions !== undefined && <div className={style.actions}>{props.actions}</div>}
  </div>
)
