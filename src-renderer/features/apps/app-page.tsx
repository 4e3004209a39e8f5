import { Box } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { App } from '../../../src-preload/contract/entities/app'
import { ownOf } from '../../../src-preload/contract/own'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { navigate } from '../../location'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { Page, PageHeader } from '../../ui/page'
import { SkeletonRows } from '../../ui/skeleton'
import { StateMark } from '../../ui/state-mark'
import { Tabs } from '../../ui/tabs'
import { useServer } from '../servers/use-servers'
import { WebhookPanel } from '../webhooks/webhook-panel'
import { AppAbout } from './app-about'
import { AppDeploys } from './app-deploys'
import { type AppDialog, AppDialogs } from './app-dialogs'
import { AppFacts } from './app-facts'
import { AppMenu } from './app-menu'
import { factsOf, stateOf } from './app-view'
import style from './apps.module.css'
import { createDeploysStore } from './deploys-store'
import { failureHandlers } from './failure-handlers'
import { Releases } from './releases'
import { Rules } from './rules'
import { apps, useApp, useApps } from './use-apps'
import { words } from './words'

type Tab = keyof typeof words.tabs

const isTab = (name: string | undefined): name is Tab => name !== undefined && Object.hasOwn(words.tabs, name)

/** The app's own reason and the last action's failure; not what the deploy in view says already. */
const Problems = (props: { readonly app: App; readonly tab: Tab; readonly onLog: () => void }) => {
  const { app, tab, onLog } = props
  const failure = useApps((state) => ownOf(state.failures, app.id))
  const said = tab === 'deploys' && app.reason?.code === app.lastDeploy?.failure?.code
  const reason = app.state === 'deploying' || said ? null : app.reason
  const handlers = { ...failureHandlers(app), 'show-log': onLog }
  return (
    <div className={style.cards}>
      {reason !== null && <FailureCard failure={reason} facts={factsOf(app)} handlers={handlers} />}
      {failure !== undefined && <FailureCard failure={failure} facts={factsOf(app)} handlers={handlers} />}
    </div>
  )
}

const Found = (props: { readonly app: App; readonly gone: boolean; readonly tab: string | undefined }) => {
  const { app, gone } = props
  const [tab, setTab] = useState<Tab>(isTab(props.tab) ? props.tab : 'deploys')
  const [dialog, setDialog] = useState<AppDialog | null>(null)
  const [deploys] = useState(() => createDeploysStore({ apps: api.apps, on: api.on }, app.id, app.lastDeploy))
  useEffect(() => deploys.start(), [deploys])
  const state = useStore(deploys.store)
  const busy = useApps(({ busy: all }) => all.has(app.id))
  const server = useServer(app.serverId)
  const mark = stateOf(app)

  const deploy = async () => {
    setTab('deploys')
    const started = await apps.deploy(app.id)
    if (started !== null) deploys.show(started)
  }
  const rollback = async (release: string) => {
    const started = await apps.rollback(app.id, release)
    if (started === null) return
    setTab('deploys')
    deploys.show(started)
  }
  return (
    <>
      <PageHeader
        title={app.name}
        about={
          <>
            <bdi>{app.source.path}</bdi> · <bdi>{app.branch}</bdi> → {server?.name ?? words.goneServer}
          </>
        }
        action={
          <div className={style.bar}>
            <StateMark tone={mark.tone}>{mark.word}</StateMark>
            <Button look="primary" busy={busy} onClick={() => void deploy()}>
              {words.actions.deploy}
            </Button>
            <AppMenu app={app} next="deploy" onDialog={setDialog} />
          </div>
        }
      />
      <div className={style.under}>
        <AppFacts app={app} />
      </div>
      <Problems app={app} tab={tab} onLog={() => setTab('deploys')} />
      <Tabs
        label={words.tabsLabel}
        tabs={Object.entries(words.tabs) as [Tab, string][]}
        current={tab}
        onChoose={setTab}
      >
        {tab === 'deploys' && (
          <AppDeploys app={app} state={state} deploys={deploys} busy={busy} onDeploy={() => void deploy()} />
        )}
        {tab === 'releases' && (
          <Releases
            app={app}
            state={state}
            onRollback={(release) => void rollback(release)}
            onRetry={() => void deploys.loadReleases()}
          />
        )}
        {tab === 'rules' && <Rules key={app.id} app={app} />}
        {tab === 'webhook' && <WebhookPanel key={app.id} app={app} />}
        {tab === 'about' && <AppAbout app={app} />}
      </Tabs>
      <AppDialogs
        open={dialog}
        onClose={() => {
          setDialog(null)
          if (gone) navigate('/apps')
        }}
      />
    </>
  )
}

/** One app (`/apps/:id`, `?tab=` opens a part): deploys with their log, releases, rules, its webhook, its settings. */
export const AppPage = ({ params }: { readonly params: Params }) => {
  const app = useApp(params.id ?? '')
  const list = useApps((state) => state.apps)
  const failure = useApps((state) => state.failure)
  const [last, setLast] = useState(app)
  if (app !== undefined && app !== last) setLast(app)
  useReady(list !== null || failure !== null)
  // An app that was removed here stays until its receipt has been read and put away.
  const shown = app ?? last
  return (
    <Page>
      {shown !== undefined && <Found key={shown.id} app={shown} gone={app === undefined} tab={params.tab} />}
      {shown === undefined && failure !== null && (
        <FailureCard failure={failure} handlers={{ retry: () => void apps.load() }} />
      )}
      {shown === undefined && failure === null && list === null && <SkeletonRows rows={8} height={48} />}
      {shown === undefined && list !== null && (
        <EmptyState
          icon={<Box size={22} />}
          title={words.goneTitle}
          text={words.goneText}
          action={<Button onClick={() => navigate('/apps')}>{words.backToList}</Button>}
        />
      )}
    </Page>
  )
}
