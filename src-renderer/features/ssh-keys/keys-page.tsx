import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { ConfirmDialog, Dialog, DialogButtons } from '../../ui/dialog'
import { EmptyState } from '../../ui/empty-state'
import { TextField } from '../../ui/field'
import { MoreMenu } from '../../ui/more-menu'
import { Page, PageHeader } from '../../ui/page'
import { RelativeTime } from '../../ui/relative-time'
import { SkeletonRows } from '../../ui/skeleton'
import { KeyPanel } from './key-panel'
import style from './ssh-keys.module.css'
import { keysStore, useKeys, useKeysFailure } from './use-keys'
import { words } from './words'

const NewKeyButton = () => (
  <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={() => navigate('/accounts/connect/ssh')}>
    {words.make}
  </Button>
)

const KeyRow = (props: {
  readonly sshKey: SshKey
  readonly open: boolean
  readonly onToggle: () => void
  readonly onRename: () => void
  readonly onRemove: () => void
}) => {
  const key = props.sshKey
  return (
    <li className={style.row} aria-label={key.name}>
      <div className={style.rowHead}>
        <div className={style.rowWords}>
          <p className={style.name}>{key.name}</p>
          <p className={style.quiet}>
            {key.type} · {words.from[key.from]} · {words.made} <RelativeTime at={key.createdAt} /> ·{' '}
            {key.lastUsedAt === null ? (
              words.neverUsed
            ) : (
              <>
                {words.used} <RelativeTime at={key.lastUsedAt} />
              </>
            )}
            {key.accounts.length > 0 && ` · ${words.accounts(key.accounts.length)}`}
          </p>
          {key.replacedBy !== null && <p>{words.replaced}</p>}
        </div>
        <Button small aria-expanded={props.open} onClick={props.onToggle}>
          {props.open ? words.hide : words.show}
        </Button>
        <MoreMenu
          label={words.more(key.name)}
          groups={[
            [
              { label: words.copy, run: () => void api.system.copy({ text: key.publicKey }).catch(reportFailure) },
              { label: words.rename, run: props.onRename },
              ...(key.from === 'agent'
                ? []
                : [{ label: words.rotate, run: () => void api.sshKeys.rotate({ id: key.id }).catch(reportFailure) }]),
            ],
            [{ label: words.remove, danger: true, run: props.onRemove }],
          ]}
        />
      </div>
      {props.open && <KeyPanel sshKey={key} />}
    </li>
  )
}

const RenameKey = ({ sshKey, onClose }: { readonly sshKey: SshKey; readonly onClose: () => void }) => {
  const [name, setName] = useState(sshKey.name)
  const save = () => {
    onClose()
    api.sshKeys.rename({ id: sshKey.id, name }).catch(reportFailure)
  }
  return (
    <Dialog open title={words.renameTitle} onClose={onClose}>
      <TextField label={words.name} value={name} maxLength={80} onText={setName} data-autofocus />
      <DialogButtons>
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button look="primary" disabled={name.trim() === ''} onClick={save}>
          {words.save}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}

/** Settings › SSH keys. `?key=` opens one. */
export const KeysPage = ({ params }: { readonly params: Params }) => {
  const keys = useKeys()
  const failure = useKeysFailure()
  const [open, setOpen] = useState<string | null>(params.key ?? null)
  const [renaming, setRenaming] = useState<SshKey | null>(null)
  const [removing, setRemoving] = useState<SshKey | null>(null)
  useReady(keys !== null || failure !== null)
  const empty = keys?.length === 0
  return (
    <Page>
      <PageHeader title={words.title} about={words.about} action={empty === true ? undefined : <NewKeyButton />} />
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void keysStore.load() }} />}
      {keys === null && failure === null && <SkeletonRows rows={3} height={64} />}
      {empty === true && (
        <EmptyState
          icon={<KeyRound size={22} />}
          title={words.emptyTitle}
          text={words.emptyText}
          action={<NewKeyButton />}
        />
      )}
      {keys !== null && keys.length > 0 && (
        <ul className={style.list} aria-label={words.title}>
          {keys.map((key) => (
            <KeyRow
              key={key.id}
              sshKey={key}
              open={open === key.id}
              onToggle={() => setOpen(open === key.id ? null : key.id)}
              onRename={() => setRenaming(key)}
              onRemove={() => setRemoving(key)}
            />
          ))}
        </ul>
      )}
      {renaming !== null && <RenameKey sshKey={renaming} onClose={() => setRenaming(null)} />}
      <ConfirmDialog
        open={removing !== null}
        title={words.removeTitle(removing?.name ?? '')}
        verb={words.removeVerb}
        cancel={words.cancel}
        onClose={() => setRemoving(null)}
        onConfirm={() => {
          if (removing !== null) api.sshKeys.remove({ id: removing.id }).catch(reportFailure)
          setRemoving(null)
        }}
      >
        <p>{words.removeText}</p>
      </ConfirmDialog>
    </Page>
  )
}
