import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { ownOf } from '../../../src-preload/contract/own'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { MoreMenu } from '../../ui/more-menu'
import { Page, PageHeader } from '../../ui/page'
import { RelativeTime } from '../../ui/relative-time'
import { SkeletonRows } from '../../ui/skeleton'
import { useAccounts } from '../accounts/use-accounts'
import { NewKeyDialog, RemoveKeyDialog, RenameKeyDialog } from './key-dialogs'
import { KeyPanel } from './key-panel'
import { Rotation } from './rotation'
import style from './ssh-keys.module.css'
import { keysStore, useKeys, useKeysFailure } from './use-keys'
import { words } from './words'

/** What a row asks its page to open. */
type KeyDialog = { readonly kind: 'new' } | { readonly kind: 'rename' | 'remove'; readonly key: SshKey }

const Facts = ({ sshKey: key }: { readonly sshKey: SshKey }) => {
  const accounts = useAccounts((state) => state.accounts)
  const names = key.accounts.flatMap((id) => {
    const account = accounts?.find((one) => one.id === id)
    return account === undefined ? [] : [account.label || account.login]
  })
  const users = [...names, ...key.deployKeyOf.map(({ path }) => path), ...key.usedBy]
  return (
    <p className={style.facts}>
      <span>{words.size(key.type, key.bits)}</span> <span>{words.from[key.from]}</span>{' '}
      <span>
        {words.made} <RelativeTime at={key.createdAt} />
      </span>{' '}
      <span>
        {key.lastUsedAt === null ? (
          words.neverUsed
        ) : (
          <>
            {words.used} <RelativeTime at={key.lastUsedAt} />
          </>
        )}
      </span>{' '}
      {users.length > 0 && <span>{words.usedBy(users)}</span>}
    </p>
  )
}

const KeyRow = (props: {
  readonly sshKey: SshKey
  readonly open: boolean
  readonly place: { readonly host: string | null; readonly path: string | null }
  readonly onToggle: (open: boolean) => void
  readonly onDialog: (dialog: KeyDialog) => void
}) => {
  const { sshKey: key, onDialog } = props
  const rotate = async () => {
    await api.sshKeys.rotate({ id: key.id })
    props.onToggle(false)
  }
  return (
    <li className={style.row} aria-label={key.name}>
      <div className={style.rowHead}>
        <div className={style.rowWords}>
          <p className={style.name}>{key.name}</p>
          <Facts sshKey={key} />
        </div>
        <Button small aria-expanded={props.open} onClick={() => props.onToggle(!props.open)}>
          {props.open ? words.hide : words.show}
        </Button>
        <MoreMenu
          label={words.more(key.name)}
          groups={[
            [
              { label: words.copy, run: () => void api.system.copy({ text: key.publicKey }).catch(reportFailure) },
              { label: words.use, run: () => navigate(`/accounts/connect/ssh?key=${encodeURIComponent(key.id)}`) },
              { label: words.rename, run: () => onDialog({ kind: 'rename', key }) },
              ...(key.replacedBy === null
                ? [{ label: words.rotate, run: () => void rotate().catch(reportFailure) }]
                : []),
            ],
            [{ label: words.remove, danger: true, run: () => onDialog({ kind: 'remove', key }) }],
          ]}
        />
      </div>
      {key.replacedBy !== null && (
        <Rotation old={key} successorId={key.replacedBy} onRemove={() => onDialog({ kind: 'remove', key })} />
      )}
      {props.open && <KeyPanel sshKey={key} host={props.place.host} path={props.place.path} />}
    </li>
  )
}

/** Settings › SSH keys. `?make=1` opens the form for a new one, `?key=` one of them, `?account=` the one of an account, with that host's guide. */
export const KeysPage = ({ params }: { readonly params: Params }) => {
  const keys = useKeys()
  const failure = useKeysFailure()
  const account = useAccounts((state) => state.accounts?.find(({ id }) => id === params.account))
  const wanted = params.key ?? keys?.find((key) => key.accounts.includes(params.account ?? ''))?.id ?? null
  /** Rows that the person opened or closed; all others are as the address wants them. */
  const [turned, setTurned] = useState<Readonly<Record<string, boolean>>>({})
  const [dialog, setDialog] = useState<KeyDialog | null>(params.make === '1' ? { kind: 'new' } : null)
  useReady(keys !== null || failure !== null)
  const empty = keys?.length === 0
  const host = account?.host.replace(/^ssh:\/\//, '').replace(/:\d+$/, '') ?? null
  const newKey = (
    <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={() => setDialog({ kind: 'new' })}>
      {words.make}
    </Button>
  )
  return (
    <Page>
      <PageHeader title={words.title} about={words.about} action={empty === true ? undefined : newKey} />
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void keysStore.load() }} />}
      {keys === null && failure === null && <SkeletonRows rows={3} height={64} />}
      {empty === true && (
        <EmptyState icon={<KeyRound size={22} />} title={words.emptyTitle} text={words.emptyText} action={newKey} />
      )}
      {keys !== null && keys.length > 0 && (
        <ul className={style.list} aria-label={words.title}>
          {keys.map((key) => (
            <KeyRow
              key={key.id}
              sshKey={key}
              open={ownOf(turned, key.id) ?? key.id === wanted}
              place={{ host: key.id === wanted ? host : null, path: null }}
              onToggle={(open) => setTurned({ ...turned, [key.id]: open })}
              onDialog={setDialog}
            />
          ))}
        </ul>
      )}
      {dialog?.kind === 'new' && (
        <NewKeyDialog
          onClose={() => setDialog(null)}
          onKey={({ id }) => {
            setDialog(null)
            setTurned({ ...turned, [id]: true })
          }}
        />
      )}
      {dialog?.kind === 'rename' && <RenameKeyDialog sshKey={dialog.key} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'remove' && <RemoveKeyDialog sshKey={dialog.key} onClose={() => setDialog(null)} />}
    </Page>
  )
}
