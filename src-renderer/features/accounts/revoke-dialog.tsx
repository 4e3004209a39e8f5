import { useEffect, useState } from 'react'
import type { Account, Dependents, Receipt } from '../../../src-preload/contract/entities/account'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { navigate } from '../../location'
import { Button, LinkButton } from '../../ui/button'
import { Dialog, DialogButtons } from '../../ui/dialog'
import style from './account-list.module.css'
import { nameOf } from './account-view'
import { ReceiptView, receiptTitle } from './receipt-view'
import { accounts } from './use-accounts'
import { words } from './words'

const shown = 5

const Breaks = ({ dependents, onMove }: { readonly dependents: Dependents; readonly onMove: () => void }) => {
  const { apps, webhooks, deployKeys } = dependents
  if (apps.length + webhooks + deployKeys === 0) return <p className={style.calm}>{words.nothingBreaks}</p>
  return (
    <div className={style.breaks}>
      <p>{words.breaks}</p>
      <ul>
        {apps.length > 0 && (
          <li>
            {words.appsStop(apps.length)}:{' '}
            {apps
              .slice(0, shown)
              .map((app) => app.name)
              .join(', ')}
            {apps.length > shown && ` ${words.moreApps(apps.length - shown)}`}
          </li>
        )}
        {webhooks > 0 && <li>{words.webhooksGo(webhooks)}</li>}
        {deployKeys > 0 && <li>{words.keysGo(deployKeys)}</li>}
      </ul>
      {apps.length > 0 && <LinkButton onClick={onMove}>{words.moveApps}</LinkButton>}
    </div>
  )
}

const Ask = (props: {
  readonly account: Account
  readonly onReceipt: (receipt: Receipt) => void
  readonly onClose: () => void
}) => {
  const { account, onReceipt, onClose } = props
  const [dependents, setDependents] = useState<Dependents | null>(null)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const [busy, setBusy] = useState(false)

  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let open = true
    if (attempt > 0) setFailure(null)
    api.accounts.dependents({ id: account.id }).then(
      (found) => open && setDependents(found),
      (error) => open && setFailure(toFailure(error)),
    )
    return () => {
      open = false
    }
  }, [account.id, attempt])

  const move = () => {
    onClose()
    navigate(`/apps/move?account=${encodeURIComponent(account.id)}`)
  }
  const revoke = async () => {
    setBusy(true)
    setFailure(null)
    try {
      onReceipt(await accounts.revoke(account.id))
    } catch (error) {
      setFailure(toFailure(error))
      setBusy(false)
    }
  }

  return (
    <>
      <p>{(account.kind === 'ssh' ? words.disconnectText : words.revokeText)(hostName(account.host))}</p>
      {dependents !== null && <Breaks dependents={dependents} onMove={move} />}
      {failure !== null && (
        <div className={style.calm}>
          <FailureCard
            failure={failure}
            facts={{ host: account.host }}
            handlers={{ retry: dependents === null ? () => setAttempt(attempt + 1) : () => void revoke() }}
          />
        </div>
      )}
      <DialogButtons>
        <Button onClick={onClose} data-autofocus>
          {words.cancel}
        </Button>
        <Button
          look="danger"
          busy={busy}
          disabled={dependents === null && failure === null}
          onClick={() => void revoke()}
        >
          {account.kind === 'ssh' ? words.disconnect : words.revoke}
        </Button>
      </DialogButtons>
    </>
  )
}

/** Says what breaks, takes access away, and shows the receipt. */
export const RevokeDialog = ({
  account,
  onClose,
}: {
  readonly account: Account | null
  readonly onClose: () => void
}) => {
  const [receipt, setReceipt] = useState<Receipt | null>(null)
  const close = () => {
    onClose()
    setReceipt(null)
  }
  const name = account === null ? '' : nameOf(account)
  const asking = account?.kind === 'ssh' ? words.disconnectTitle : words.revokeTitle
  return (
    <Dialog
      open={account !== null}
      title={receipt === null ? asking(name) : receiptTitle(receipt, name)}
      onClose={close}
      size={520}
    >
      {account !== null && receipt === null && (
        <Ask key={account.id} account={account} onReceipt={setReceipt} onClose={close} />
      )}
      {receipt !== null && (
        <>
          <ReceiptView receipt={receipt} />
          <DialogButtons>
            <Button look="primary" onClick={close} data-autofocus>
              {words.done}
            </Button>
          </DialogButtons>
        </>
      )}
    </Dialog>
  )
}
