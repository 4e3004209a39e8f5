import type { ReactNode } from 'react'
import type { App } from '../../../src-preload/contract/entities/app'
import { failureLine } from '../../failures/failure-text'
import { formatDuration } from '../../ui/numbers'
import { RelativeTime } from '../../ui/relative-time'
import { liveDeploy, shortCommit } from './app-view'
import style from './apps.module.css'
import { words } from './words'

const live = (app: App): ReactNode => {
  const { current } = app
  if (current === null) return null
  const deploy = liveDeploy(app)
  return (
    <>
      {words.liveCommit(shortCommit(current.commit))}
      {deploy !== null && deploy.author !== null && ` ${words.by(deploy.author)}`}
    </>
  )
}

const deployed = (app: App): ReactNode => {
  const { current } = app
  if (current === null) return null
  const took = liveDeploy(app)?.milliseconds ?? null
  return (
    <>
      {words.deployedAt} <RelativeTime at={current.at} />
      {took !== null && ` ${words.took(formatDuration(took))}`}
    </>
  )
}

/** What starts deploys, and why it is not what the person prefers. */
export const Trigger = ({ app: { trigger } }: { readonly app: App }) => (
  <span title={trigger.why === null ? undefined : failureLine(trigger.why)}>
    {words.triggers[trigger.live]}
    {trigger.why !== null && `: ${failureLine(trigger.why)}`}
  </span>
)

/** The dim lines of a row: which commit is live, by whom and since when, and what starts the next deploy. */
export const AppFacts = ({ app }: { readonly app: App }) => (
  <p className={style.facts}>
    {app.current !== null && <span>{live(app)}</span>}
    {app.current !== null && <span>{deployed(app)}</span>}
    <Trigger app={app} />
  </p>
)
