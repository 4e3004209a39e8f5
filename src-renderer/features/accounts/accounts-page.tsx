import { GitBranch, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Account } from '../../../src-preload/contract/entities/account'
import { FailureCard } from '../../failures/failure-card'
import { navigate } from '../../location'
import { useProviders } from '../../providers'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { TextField } from '../../ui/field'
import { Page, PageHeader } from '../../ui/page'
import { RelativeTime } from '../../ui/relative-time'
import { SkeletonRows } from '../../ui/skeleton'
import { DemoOffer } from '../system/demo-offer'
import style from './account-list.module.css'
import { AccountRow, type RowDialogs } from './account-row'
import { matches } from './account-view'
import { OpenReceipts } from './open-receipts'
import { RenameDialog } from './rename-dialog'
import { RevokeDialog } from './revoke-dialog'
import { accounts, useAccounts } from './use-accounts'
import { words } from './words'

/** From this many accounts on, a filter stands above the list. */
const filterFrom = 8

const ConnectButton = () => (
  <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={() => navigate('/accounts/connect')}>
    {words.connect}
  </Button>
)

const Foot = ({ list }: { readonly list: readonly Account[] }) => {
  const checking = useAccounts((state) => state.checkingAll)
  const oldest = Math.min(...list.map((account) => account.checkedAt ?? Number.POSITIVE_INFINITY))
  return (
    <footer className={style.foot}>
      {Number.isFinite(oldest) && (
        <span>
          {words.checked} <RelativeTime at={oldest} />
        </span>
      )}
      <Button small look="quiet" busy={checking} onClick={() => void accounts.checkAll()}>
        {words.checkAll}
      </Button>
    </footer>
  )
}

const List = (props: {
  readonly list: readonly Account[]
  readonly dialogs: RowDialogs
  readonly wanted: string | undefined
}) => {
  const { list, dialogs, wanted } = props
  const [text, setText] = useState('')
  const cards = useProviders()
  const titles = useMemo(() => new Map(cards?.map((card) => [card.id, card.title])), [cards])
  const found = text.trim() === '' ? list : list.filter((one) => matches(one, titles.get(one.provider) ?? '', text))
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
          {found.map((account) => (
            <AccountRow key={account.id} account={account} dialogs={dialogs} wanted={account.id === wanted} />
          ))}
        </ul>
      )}
      <Foot list={list} />
    </>
  )
}

/** Organization Settings › Integrations › Git Accounts. `?account=` brings one of them into view. */
export const AccountsPage = ({ params }: { readonly params: Params }) => {
  const list = useAccounts((state) => state.accounts)
  const failure = useAccounts((state) => state.failure)
  const [renaming, setRenaming] = useState<Account | null>(null)
  const [revoking, setRevoking] = useState<Account | null>(null)
  const dialogs = useMemo<RowDialogs>(() => ({ rename: setRenaming, revoke: setRevoking }), [])
  useReady(list !== null || failure !== null)
  const empty = list !== null && list.length === 0
  return (
    <Page>
      <PageHeader title={words.title} action={empty ? undefined : <ConnectButton />} />
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void accounts.load() }} />}
      <OpenReceipts />
      {list === null && failure === null && <SkeletonRows rows={4} height={76} />}
      {empty && (
        <EmptyState
          icon={<GitBranch size={22} />}
          title={words.emptyTitle}
          text={words.emptyText}
          action={<ConnectButton />}
          more={<DemoOffer />}
        />
      )}
      {list !== null && list.length > 0 && <List list={list} dialogs={dialogs} wanted={params.account} />}
      <RenameDialog account={renaming} onClose={() => setRenaming(null)} />
      <RevokeDialog account={revoking} onClose={() => setRevoking(null)} />
    </Page>
  )
}
