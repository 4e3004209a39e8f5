import type { ReactNode } from 'react'
import { classNames } from './class-names'
import style from './page.module.css'

/** The body of one screen. `narrow` is for forms in one column, `wide` for lists that use all the room. */
export const Page = (props: { readonly width?: 'narrow' | 'normal' | 'wide'; readonly children: ReactNode }) => (
  <div
    className={classNames(style.page, props.width === 'narrow' && style.narrow, props.width === 'wide' && style.wide)}
  >
    {props.children}
  </div>
)

/** A screen's name, a sentence on what it is for, and its one main action. The name takes the focus on arrival. */
export const PageHeader = (props: {
  readonly title: string
  readonly about?: ReactNode
  readonly action?: ReactNode
}) => (
  <header className={style.header}>
    <div className={style.words}>
      <h1 className={style.title} tabIndex={-1}>
        {props.title}
      </h1>
      {props.about !== undefined && <p className={style.about}>{props.about}</p>}
    </div>
    {props.action}
  </header>
)

/** A part of a screen under a name of its own. */
export const Section = (props: {
  readonly title: string
  readonly about?: ReactNode
  readonly children: ReactNode
}) => (
  <section className={style.section} aria-label={props.title}>
    <h2 className={style['section-title']}>{props.title}</h2>
    {props.about !== undefined && <p className={style['section-about']}>{props.about}</p>}
    {props.children}
  </section>
)

/** Things that belong together, within one hairline and divided by hairlines. */
export const Group = ({ children }: { readonly children: ReactNode }) => <div className={style.group}>{children}</div>
