import { Server as ServerIcon } from 'lucide-react'
import { memo } from 'react'
import type { Server } from '../../../src-preload/contract/entities/server'
import { ownOf } from '../../../src-preload/contract/own'
import { FailureCard } from '../../failures/failure-card'
import { PlaceLink } from '../../frame/place-link'
import { Button } from '../../ui/button'
import { RelativeTime } from '../../ui/relative-time'
import { StateMark } from '../../ui/state-mark'
import { runAction, serverPlace } from './run-action'
import type { ServerDialog } from './server-dialogs'
import { ServerMenu } from './server-menu'
import { nextActionOf, placeOf, reasonOf, stateOf } from './server-view'
import style from './servers.module.css'
import { servers, useServers } from './use-servers'
import { words } from './words'

/** One server: one state, one reason, one action; the rest behind ⋯ and on its own screen. */
export const ServerRow = memo(
  ({ server, onDialog }: { readonly server: Server; readonly onDialog: (dialog: ServerDialog) => void }) => {
    const busy = useServers((state) => state.busy.has(server.id))
    const failure = useServers((state) => ownOf(state.failures, server.id))
    const state = stateOf(server)
    const reason = reasonOf(server)
    const next = nextActionOf(server)
    return (
      <li className={style.row} aria-label={server.name}>
        <span className={style.icon} aria-hidden="true">
          <ServerIcon size={18} />
        </span>
        <div className={style.head}>
          <PlaceLink to={serverPlace(server.id)} className={style.name}>
            <bdi>{server.name}</bdi>
          </PlaceLink>
          <span className={style.place}>{placeOf(server)}</span>
        </div>
        <div className={style.state}>
          <StateMark tone={state.tone}>{state.word}</StateMark>
        </div>
        <div className={style.lines}>
          {reason !== null && <p>{reason}</p>}
          <p className={style.facts}>
            <span>{words.apps(server.apps.length)}</span>
            <span>
              {server.checkedAt === null ? (
                words.neverChecked
              ) : (
                <>
                  {words.checkedAt} <RelativeTime at={server.checkedAt} />
                </>
              )}
            </span>
          </p>
        </div>
        <div className={style.actions}>
          <Button
            small
            busy={busy || (server.state === 'checking' && next === 'check')}
            onClick={() => runAction(next, server, onDialog)}
          >
            {words.actions[next]}
          </Button>
          <ServerMenu server={server} next={next} onDialog={onDialog} />
        </div>
        {failure !== undefined && (
          <div className={style.failure}>
            <FailureCard
              failure={failure}
              facts={{ host: server.host }}
              handlers={{
                retry: () => void servers.check(server.id),
                'check-server': () => void servers.check(server.id),
                'install-receiver': () => onDialog({ kind: 'install-receiver', id: server.id }),
              }}
            />
          </div>
        )}
      </li>
    )
  },
)
