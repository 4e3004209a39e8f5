import type { ReactNode } from 'react'
import type { App } from '../../../src-preload/contract/entities/app'
import { failureLine } from '../../failures/failure-text'
import { formatDuration } from '../../ui/numbers'
import { RelativeTime } from '../../ui/relative-time'
import { liveDeploy, shortCommit } from './app-view'
import style from './apps.module.css'
import { words } from './words'

/** A fact that stays on one line; the space after it is where the line may break. */
const Fact = ({ children }: { readonly children: ReactNode }) => (
  <>
    <span>{children}</span>{' '}
  </>
)

/** Why deploys don't start as the person prefers; null when they do, or when the app's own reason says it already. */
const triggerProblem = ({ trigger, reason }: App): string | null =>
  trigger.why === null || trigger.why.code === reason?.code ? null : failureLine(trigger.why)

/** What starts deploys, and why it is not what the person prefers. */
export const Trigger = ({ app }: { readonly app: App }) => {
  const { live, why } = app.trigger
  return why === null ? words.triggers[live] : `${words.triggers[live]}. ${failureLine(why)}`
}

/** The dim lines of a row: which commit is live, by whom and since when, and what starts the next deploy. */
export const AppFacts = ({ app }: { readonly app: App }) => {
  const { current } = app
  const deploy = liveDeploy(app)
  const problem = triggerProblem(app)
  return (
    <>
      <p className={style.facts}>
        {current !== null && (
          <>
            <Fact>{words.liveCommit(shortCommit(current.commit))}</Fact>
            {deploy !== null && deploy.author !== null && <Fact>{words.by(deploy.author)}</Fact>}
            <Fact>
              {words.deployedAt} <RelativeTime at={current.at} />
              {deploy !== null && deploy.milliseconds !== null && ` ${words.took(formatDuration(deploy.milliseconds))}`}
            </Fact>
          </>
        )}
        <Fact>{words.triggers[app.trigger.live]}</Fact>
      </p>
      {problem !== null && <p className={style.quiet}>{problem}</p>}
    </>
  )
}
