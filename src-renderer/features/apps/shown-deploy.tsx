import type { App, Deploy } from '../../../src-preload/contract/entities/app'
import { FailureCard } from '../../failures/failure-card'
import { Button } from '../../ui/button'
import { formatDuration } from '../../ui/numbers'
import { RelativeTime } from '../../ui/relative-time'
import { StateMark } from '../../ui/state-mark'
import { factsOf, shortCommit } from './app-view'
import { DeployLog } from './deploy-log'
import { Elapsed } from './deploy-phases'
import { deployTones } from './deploy-view'
import { words } from './deploy-words'
import style from './deploys.module.css'
import { failureHandlers } from './failure-handlers'
import { apps, useApps } from './use-apps'

/** One deploy in full: what it deployed and why, how it goes or went, and its log. */
export const ShownDeploy = ({ app, deploy }: { readonly app: App; readonly deploy: Deploy }) => {
  const busy = useApps((state) => state.busy.has(app.id))
  const going = deploy.state === 'running' || deploy.state === 'queued'
  return (
    <div className={style.shown}>
      <div className={style.shownHead}>
        <StateMark tone={deployTones[deploy.state]}>
          {deploy.state === 'succeeded' ? words.succeeded : words.states[deploy.state]}
        </StateMark>
        <p className={style.what}>
          {deploy.commit === null ? words.unknownCommit : <code>{shortCommit(deploy.commit)}</code>}{' '}
          <bdi className={style.subject}>{deploy.subject}</bdi>
        </p>
        {going && (
          <Button small busy={busy} onClick={() => void apps.cancel(app.id, deploy.id)}>
            {words.cancel}
          </Button>
        )}
      </div>
      <p className={style.facts}>
        {deploy.author !== null && <span>{words.by(deploy.author)}</span>}
        <span>{words.reasons[deploy.reason]}</span>
        <span>
          <RelativeTime at={deploy.startedAt} />
        </span>
        <span>
          {deploy.milliseconds !== null ? (
            formatDuration(deploy.milliseconds)
          ) : deploy.state === 'running' ? (
            <Elapsed since={deploy.startedAt} />
          ) : null}
        </span>
      </p>
      {deploy.state === 'queued' && <p className={style.quiet}>{words.queuedText}</p>}
      {deploy.state === 'unchanged' && <p className={style.quiet}>{words.unchangedText}</p>}
      {deploy.failure !== null && deploy.state !== 'cancelled' && (
        <FailureCard
          failure={deploy.failure}
          facts={factsOf(app)}
          handlers={{ ...failureHandlers(app, deploy.failure), 'show-log': undefined }}
        />
      )}
      {deploy.state !== 'queued' && <DeployLog key={deploy.id} deploy={deploy} />}
    </div>
  )
}
