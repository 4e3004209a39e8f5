import type { ReactNode } from 'react'
import style from './empty-state.module.css'

/** A screen with nothing on it yet: what it is for, and the one button that starts it. */
export const EmptyState = (props: {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly action?: ReactNode
  /** Another way to begin, below. */
  readonly more?: ReactNode
}) => (
  <div className={style.empty}>
    <div className={style.art} aria-hidden="true">
      {props.icon}
    </div>
    <h2 className={style.title}>{props.title}</h2>
    <p className={style.text}>{props.text}</p>
    {props.action !== undefined && <div className={style.action}>{props.action}</div>}
    {props.more}
  </div>
)
