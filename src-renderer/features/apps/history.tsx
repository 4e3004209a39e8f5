import type { Deploy } from '../../../src-preload/contract/entities/app'
import { Button } from '../../ui/button'
import { formatDuration } from '../../ui/numbers'
import { RelativeTime } from '../../ui/relative-time'
import { StateMark } from '../../ui/state-mark'
import { shortCommit } from './app-view'
import { deployTones } from './deploy-view'
import { words } from './deploy-words'
import style from './deploys.module.css'
import type { DeploysState } from './deploys-store'

const Row = (props: {
  readonly deploy: Deploy
  readonly shown: boolean
  /** It is the release that runs. */
  readonly live: boolean
  readonly onChoose: (id: string) => void
}) => {
  const { deploy } = props
  const commit = deploy.commit === null ? null : shortCommit(deploy.commit)
  return (
    <li>
      <button
        type="button"
        className={style.entry}
        aria-pressed={props.shown}
        onClick={() => props.onChoose(deploy.id)}
      >
        <StateMark tone={deployTones[deploy.state]}>
          {deploy.state === 'succeeded' && !props.live ? words.succeeded : words.states[deploy.state]}
        </StateMark>
        <span className={style.words}>
          <bdi>{deploy.subject ?? words.unknownCommit}</bdi>
          <span className={style.quiet}>
            {[commit, deploy.author === null ? null : words.by(deploy.author), words.reasons[deploy.reason]]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
        </span>
        <span className={style.end}>
          <RelativeTime at={deploy.startedAt} />
          <span>{deploy.milliseconds === null ? '' : formatDuration(deploy.milliseconds)}</span>
        </span>
      </button>
    </li>
  )
}

/** Every deploy there was, newest first; a row shows its log above. */
export const History = (props: {
  readonly state: DeploysState
  readonly shown: string | null
  readonly liveRelease: string | null
  readonly onChoose: (id: string) => void
  readonly onOlder: () => void
}) => {
  const { history, hasOlder, loadingOlder } = props.state
  const live = history?.find(({ release, state }) => state === 'succeeded' && release === props.liveRelease)
  return (
    <div>
      <h2 className={style.title}>{words.history}</h2>
      {history !== null && history.length > 0 && (
        <ul className={style.rows} aria-label={words.history}>
          {history.map((deploy) => (
            <Row
              key={deploy.id}
              deploy={deploy}
              shown={deploy.id === props.shown}
              live={deploy === live}
              onChoose={props.onChoose}
            />
          ))}
        </ul>
      )}
      {hasOlder && (
        <Button small look="quiet" className={style.more} busy={loadingOlder} onClick={props.onOlder}>
          {words.older}
        </Button>
      )}
    </div>
  )
}
