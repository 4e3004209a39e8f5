import { Plus, Server as ServerIcon } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { Server } from '../../../src-preload/contract/entities/server'
import { FailureCard } from '../../failures/failure-card'
import { navigate } from '../../location'
import { useReady } from '../../ready'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { TextField } from '../../ui/field'
import { Page, PageHeader } from '../../ui/page'
import { RelativeTime } from '../../ui/relative-time'
import { SkeletonRows } from '../../ui/skeleton'
import { OpenRemovals } from '../apps/open-removals'
import { type ServerDialog, ServerDialogs } from './server-dialogs'
import { ServerRow } from './server-row'
import { matches } from './server-view'
import style from './servers.module.css'
import { servers, useServers } from './use-servers'
import { words } from './words'

/** From this many servers on, a filter stands above the list. */
const filterFrom = 8

const AddButton = () => (
  <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={() => navigate('/servers/new')}>
    {words.add}
  </Button>
)

const List = (props: { readonly list: readonly Server[]; readonly onDialog: (dialog: ServerDialog) => void }) => {
  const { list } = props
  const [text, setText] = useState('')
  const checking = useServers((state) => state.checkingAll)
  const found = text.trim() === '' ? list : list.filter((server) => matches(server, text))
  const oldest = Math.min(...list.map((server) => server.checkedAt ?? Number.POSITIVE_INFINITY))
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
          {found.map((server) => (
            <ServerRow key={server.id} server={server} onDialog={props.onDialog} />
          ))}
        </ul>
      )}
      <footer className={style.foot}>
        {Number.isFinite(oldest) && (
          <span>
            {words.checked} <RelativeTime at={oldest} />
          </span>
        )}
        <Button small look="quiet" busy={checking} onClick={() => void servers.checkAll()}>
          {words.checkAll}
        </Button>
      </footer>
    </>
  )
}

/** The machines that apps are deployed to. */
export const ServersPage = () => {
  const list = useServers((state) => state.servers)
  const failure = useServers((state) => state.failure)
  const [dialog, setDialog] = useState<ServerDialog | null>(null)
  const onDialog = useCallback((open: ServerDialog) => setDialog(open), [])
  useReady(list !== null || failure !== null)
  const empty = list?.length === 0
  return (
    <Page>
      <PageHeader title={words.title} action={empty ? undefined : <AddButton />} />
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void servers.load() }} />}
      <OpenRemovals kind="server" />
      {list === null && failure === null && <SkeletonRows rows={4} height={76} />}
      {empty && (
        <EmptyState
          icon={<ServerIcon size={22} />}
          title={words.emptyTitle}
          text={words.emptyText}
          action={<AddButton />}
        />
      )}
      {list !== null && list.length > 0 && <List list={list} onDialog={onDialog} />}
      <ServerDialogs open={dialog} onClose={() => setDialog(null)} />
    </Page>
  )
}
