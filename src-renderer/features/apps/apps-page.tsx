import { Box, Plus } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import type { App } from '../../../src-preload/contract/entities/app'
import { FailureCard } from '../../failures/failure-card'
import { navigate } from '../../location'
import { useReady } from '../../ready'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { TextField } from '../../ui/field'
import { Page, PageHeader } from '../../ui/page'
import { SkeletonRows } from '../../ui/skeleton'
import { useServers } from '../servers/use-servers'
import { type AppDialog, AppDialogs } from './app-dialogs'
import { AppRow } from './app-row'
import { matches } from './app-view'
import style from './apps.module.css'
import { OpenRemovals } from './open-removals'
import { apps, useApps } from './use-apps'
import { words } from './words'

/** From this many apps on, a filter stands above the list. */
const filterFrom = 8

const CreateButton = () => (
  <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={() => navigate('/apps/new')}>
    {words.create}
  </Button>
)

const List = (props: { readonly list: readonly App[]; readonly onDialog: (dialog: AppDialog) => void }) => {
  const { list } = props
  const [text, setText] = useState('')
  const refreshing = useApps((state) => state.refreshing)
  const servers = useServers((state) => state.servers)
  const names = useMemo(() => new Map(servers?.map(({ id, name }) => [id, name])), [servers])
  const found = text.trim() === '' ? list : list.filter((app) => matches(app, names.get(app.serverId) ?? '', text))
  return (
    <>
      {list.length >= filterFrom && (
        <div className={style.tools}>
          <TextField
            label={words.filter}
            type="search"
            value={text}
            onText={setText}
            about={words.count(found.length)}
          />
        </div>
      )}
      {found.length === 0 ? (
        <p className={style.none}>{words.noMatch(text)}</p>
      ) : (
        <ul className={style.list} aria-label={words.title}>
          {found.map((app) => (
            <AppRow key={app.id} app={app} onDialog={props.onDialog} />
          ))}
        </ul>
      )}
      <footer className={style.foot}>
        <Button small look="quiet" busy={refreshing} onClick={() => void apps.refresh()}>
          {words.refresh}
        </Button>
      </footer>
    </>
  )
}

/** The apps: which commit of which branch is live on which server. */
export const AppsPage = () => {
  const list = useApps((state) => state.apps)
  const failure = useApps((state) => state.failure)
  const [dialog, setDialog] = useState<AppDialog | null>(null)
  const onDialog = useCallback((open: AppDialog) => setDialog(open), [])
  useReady(list !== null || failure !== null)
  const empty = list?.length === 0
  return (
    <Page>
      <PageHeader title={words.title} action={empty ? undefined : <CreateButton />} />
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void apps.load() }} />}
      <OpenRemovals kind="app" />
      {list === null && failure === null && <SkeletonRows rows={4} height={92} />}
      {empty && (
        <EmptyState
          icon={<Box size={22} />}
          title={words.emptyTitle}
          text={words.emptyText}
          action={<CreateButton />}
        />
      )}
      {list !== null && list.length > 0 && <List list={list} onDialog={onDialog} />}
      <AppDialogs open={dialog} onClose={() => setDialog(null)} />
    </Page>
  )
}
