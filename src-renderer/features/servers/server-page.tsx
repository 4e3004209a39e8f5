import { Server as ServerIcon } from 'lucide-react'
import { useState } from 'react'
import type { Server } from '../../../src-preload/contract/entities/server'
import { ownOf } from '../../../src-preload/contract/own'
import { FailureCard } from '../../failures/failure-card'
import { PlaceLink } from '../../frame/place-link'
import { navigate } from '../../location'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { Group, Page, PageHeader, Section } from '../../ui/page'
import { SkeletonRows } from '../../ui/skeleton'
import { StateMark } from '../../ui/state-mark'
import { stateOf as appStateOf } from '../apps/app-view'
import { useApps } from '../apps/use-apps'
import { ReceiverPanel } from './receiver-panel'
import { RemnantList, useRemnants } from './remnants'
import { runAction } from './run-action'
import { ServerChecks } from './server-checks'
import { type ServerDialog, ServerDialogs } from './server-dialogs'
import { ServerKeyPanel } from './server-key'
import { ServerMenu } from './server-menu'
import { nextActionOf, placeOf, stateOf } from './server-view'
import style from './servers.module.css'
import { servers, useServer, useServers } from './use-servers'
import { words } from './words'

const AppsHere = ({ server }: { readonly server: Server }) => {
  const list = useApps((state) => state.apps) ?? []
  const here = list.filter(({ serverId }) => serverId === server.id)
  if (here.length === 0) return <p className={style.quiet}>{words.noApps}</p>
  return (
    <Group>
      {here.map((app) => {
        const state = appStateOf(app)
        return (
          <div key={app.id} className={style.lead}>
            <PlaceLink to={`/apps/${encodeURIComponent(app.id)}`} className={style.name}>
              <bdi>{app.name}</bdi>
            </PlaceLink>
            <StateMark tone={state.tone}>{state.word}</StateMark>
          </div>
        )
      })}
    </Group>
  )
}

const Remnants = ({ server }: { readonly server: Server }) => {
  const { remnants, failure, busy, look } = useRemnants(server.id)
  return (
    <div className={style.fields}>
      {remnants !== null && <RemnantList remnants={remnants} />}
      {failure !== null && (
        <FailureCard
          failure={failure}
          facts={{ host: server.host }}
          handlers={{ retry: () => void look(), 'check-server': () => void servers.check(server.id) }}
        />
      )}
      <div>
        <Button small busy={busy} onClick={() => void look()}>
          {words.showRemnants}
        </Button>
      </div>
    </div>
  )
}

const Found = ({ server, gone }: { readonly server: Server; readonly gone: boolean }) => {
  const [dialog, setDialog] = useState<ServerDialog | null>(null)
  const busy = useServers((state) => state.busy.has(server.id))
  const failure = useServers((state) => ownOf(state.failures, server.id))
  const state = stateOf(server)
  const next = nextActionOf(server)
  // Its question stands among the checks below: no second button for it here.
  const action = next === 'compare-host-key' ? 'check' : next
  return (
    <>
      <PageHeader
        title={server.name}
        about={placeOf(server)}
        action={
          <div className={style.bar}>
            <StateMark tone={state.tone}>{state.word}</StateMark>
            <Button
              look={action === 'check' ? 'secondary' : 'primary'}
              busy={busy || (server.state === 'checking' && action === 'check')}
              onClick={() => runAction(action, server, setDialog)}
            >
              {words.actions[action]}
            </Button>
            <ServerMenu server={server} next={action} onDialog={setDialog} />
          </div>
        }
      />
      {failure !== undefined && (
        <FailureCard
          failure={failure}
          facts={{ host: server.host }}
          handlers={{
            retry: () => void servers.check(server.id),
            'check-server': () => void servers.check(server.id),
            'install-receiver': () => setDialog({ kind: 'install-receiver', id: server.id }),
          }}
        />
      )}
      <ServerChecks server={server} onDialog={setDialog} />
      <Section title={words.appsTitle}>
        <AppsHere server={server} />
      </Section>
      <Section title={words.receiverTitle} about={words.receiverAbout}>
        <ReceiverPanel server={server} onDialog={setDialog} />
      </Section>
      <Section title={words.keyTitle} about={words.keyAbout}>
        <ServerKeyPanel server={server} onDialog={setDialog} />
      </Section>
      <Section title={words.remnantsTitle} about={words.remnantsAbout}>
        <Remnants server={server} />
      </Section>
      <ServerDialogs
        open={dialog}
        onClose={() => {
          setDialog(null)
          if (gone) navigate('/servers')
        }}
      />
    </>
  )
}

/** One server (`/servers/:id`): its checks, its apps, how pushes reach it, its key, and what the app left there. */
export const ServerPage = ({ params }: { readonly params: Params }) => {
  const server = useServer(params.id ?? '')
  const list = useServers((state) => state.servers)
  const failure = useServers((state) => state.failure)
  const [last, setLast] = useState(server)
  if (server !== undefined && server !== last) setLast(server)
  useReady(list !== null || failure !== null)
  // A server that was removed here stays until its receipt has been read and put away.
  const shown = server ?? last
  return (
    <Page>
      {shown !== undefined && <Found server={shown} gone={server === undefined} />}
      {shown === undefined && failure !== null && (
        <FailureCard failure={failure} handlers={{ retry: () => void servers.load() }} />
      )}
      {shown === undefined && failure === null && list === null && <SkeletonRows rows={8} height={36} />}
      {shown === undefined && list !== null && (
        <EmptyState
          icon={<ServerIcon size={22} />}
          title={words.goneTitle}
          text={words.goneText}
          action={<Button onClick={() => navigate('/servers')}>{words.backToList}</Button>}
        />
      )}
    </Page>
  )
}
