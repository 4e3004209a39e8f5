import { Box } from 'lucide-react'
import { memo } from 'react'
import type { App } from '../../../src-preload/contract/entities/app'
import { ownOf } from '../../../src-preload/contract/own'
import { FailureCard } from '../../failures/failure-card'
import { PlaceLink } from '../../frame/place-link'
import { Button } from '../../ui/button'
import { StateMark } from '../../ui/state-mark'
import { useServers } from '../servers/use-servers'
import type { AppDialog } from './app-dialogs'
import { AppFacts } from './app-facts'
import { AppMenu } from './app-menu'
import { appPlace } from './app-places'
import { factsOf, nextActionOf, reasonOf, stateOf } from './app-view'
import style from './apps.module.css'
import { failureHandlers } from './failure-handlers'
import { runAction } from './run-action'
import { useApps } from './use-apps'
import { words } from './words'

/** One app: one state, one reason, one action; the rest behind ⋯ and on its own screen. */
export const AppRow = memo(
  ({ app, onDialog }: { readonly app: App; readonly onDialog: (dialog: AppDialog) => void }) => {
    const busy = useApps((state) => state.busy.has(app.id))
    const failure = useApps((state) => ownOf(state.failures, app.id))
    // Its name alone: a server that is being checked changes many times a second.
    const server = useServers((known) => known.servers?.find(({ id }) => id === app.serverId)?.name)
    const state = stateOf(app)
    const reason = reasonOf(app)
    const next = nextActionOf(app)
    return (
      <li className={style.row} aria-label={app.name}>
        <span className={style.icon} aria-hidden="true">
          <Box size={18} />
        </span>
        <div className={style.head}>
          <PlaceLink to={appPlace(app.id)} className={style.name}>
            <bdi>{app.name}</bdi>
          </PlaceLink>
          <span className={style.way}>
            <bdi>{app.source.path}</bdi> · <bdi>{app.branch}</bdi> → {server ?? words.goneServer}
          </span>
        </div>
        <div className={style.state}>
          <StateMark tone={state.tone}>{state.word}</StateMark>
        </div>
        <div className={style.lines}>
          {reason !== null && <p>{reason}</p>}
          <AppFacts app={app} />
        </div>
        <div className={style.actions}>
          <Button small busy={busy} onClick={() => runAction(next, app)}>
            {words.actions[next]}
          </Button>
          <AppMenu app={app} next={next} onDialog={onDialog} />
        </div>
        {failure !== undefined && (
          <div className={style.failure}>
            <FailureCard failure={failure} facts={factsOf(app)} handlers={failureHandlers(app)} />
          </div>
        )}
      </li>
    )
  },
)
