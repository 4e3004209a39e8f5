import type { App } from '../../../src-preload/contract/entities/app'
import { FailureCard } from '../../failures/failure-card'
import { Button } from '../../ui/button'
import { RelativeTime } from '../../ui/relative-time'
import { SkeletonRows } from '../../ui/skeleton'
import { StateMark } from '../../ui/state-mark'
import { factsOf, shortCommit } from './app-view'
import { words } from './deploy-words'
import style from './deploys.module.css'
import type { DeploysState } from './deploys-store'
import { useApps } from './use-apps'

/** The releases that are still on the server. Any but the live one can be gone back to in one step. */
export const Releases = (props: {
  readonly app: App
  readonly state: DeploysState
  readonly onRollback: (release: string) => void
  readonly onRetry: () => void
}) => {
  const { app } = props
  const { releases, releasesFailure, history } = props.state
  const busy = useApps((state) => state.busy.has(app.id))
  return (
    <div>
      <p className={style.about}>{words.releasesAbout}</p>
      {releasesFailure !== null && (
        <FailureCard
          failure={releasesFailure}
          facts={factsOf(app)}
          handlers={{ retry: props.onRetry, 'check-server': props.onRetry }}
        />
      )}
      {releases === null && releasesFailure === null && <SkeletonRows rows={3} height={48} />}
      {releases?.length === 0 && <p className={style.quiet}>{words.releasesEmpty}</p>}
      {releases !== null && releases.length > 0 && (
        <ul className={style.rows} aria-label={words.releasesAbout}>
          {releases.map((release) => {
            const deploy = history?.find((one) => one.commit === release.commit && one.subject !== null)
            return (
              <li key={release.name}>
                <div className={style.release}>
                  <span className={style.words}>
                    <bdi>{deploy?.subject ?? release.name}</bdi>
                    <span className={style.quiet}>
                      <code>{shortCommit(release.commit)}</code> · <RelativeTime at={release.at} /> · {release.name}
                    </span>
                  </span>
                  {release.current ? (
                    <StateMark tone="good">{words.current}</StateMark>
                  ) : (
                    <Button
                      small
                      busy={busy}
                      aria-label={words.rollbackTo(shortCommit(release.commit))}
                      onClick={() => props.onRollback(release.name)}
                    >
                      {words.rollback}
                    </Button>
                  )}
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
