import { ChevronDown } from 'lucide-react'
import { memo, useEffect, useId, useRef, useState } from 'react'
import type { Account } from '../../../src-preload/contract/entities/account'
import { ownOf } from '../../../src-preload/contract/own'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { useProvider } from '../../providers'
import { Avatar } from '../../ui/avatar'
import { Button } from '../../ui/button'
import { useNow } from '../../ui/clock'
import { IconButton } from '../../ui/icon-button'
import { StateMark } from '../../ui/state-mark'
import { AccountDetails } from './account-details'
import { AccountFacts } from './account-facts'
import style from './account-list.module.css'
import { AccountMenu } from './account-menu'
import { nameOf, nextActionOf, reasonOf, stateOf } from './account-view'
import { actionLabels, runAction } from './run-action'
import { useAccounts } from './use-accounts'
import { words } from './words'

/** What a row asks its page to open. */
export interface RowDialogs {
  readonly rename: (account: Account) => void
  readonly revoke: (account: Account) => void
}

interface RowProps {
  readonly account: Account
  readonly dialogs: RowDialogs
  /** Somebody came here because of it. */
  readonly wanted: boolean
}

/** One account: one state, one reason, one action; the rest behind ⋯ and "Details". */
export const AccountRow = memo((props: RowProps) => {
  const { account, dialogs, wanted } = props
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (!wanted) return
    row.current?.scrollIntoView({ block: 'center' })
    row.current?.focus({ preventScroll: true })
  }, [wanted])
  const [open, setOpen] = useState(false)
  const id = useId()
  const now = useNow()
  const provider = useProvider(account.provider)
  const busy = useAccounts((state) => state.busy.has(account.id))
  const failure = useAccounts((state) => ownOf(state.failures, account.id))
  const name = nameOf(account)
  const state = stateOf(account, now)
  const reason = reasonOf(account, provider?.title ?? hostName(account.host))
  const next = nextActionOf(account)
  return (
    <li
      ref={row}
      className={style.row}
      aria-label={name}
      tabIndex={wanted ? -1 : undefined}
      data-wanted={wanted ? '' : undefined}
    >
      <div className={style.grid}>
        <div className={style.avatar}>
          <Avatar name={account.name || name} icon={provider?.icon} />
        </div>
        <div className={style.head}>
          <span className={style.name}>{name}</span>
          {account.isDefault && <span className={style.badge}>{words.defaultMark}</span>}
          <span className={style.host}>
            {hostName(account.host)} · {words.kinds[account.kind]}
          </span>
        </div>
        <div className={style.state}>
          <StateMark tone={state.tone}>{state.word}</StateMark>
        </div>
        <div className={style.lines}>
          {reason !== null && <p className={style.reason}>{reason}</p>}
          <AccountFacts account={account} />
        </div>
        <div className={style.actions}>
          <Button small busy={busy} onClick={() => runAction(next, account)}>
            {actionLabels[next]}
          </Button>
          <IconButton
            label={words.detailsOf(name)}
            tooltip={words.details}
            className={style.toggle}
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            icon={<ChevronDown size={16} aria-hidden />}
            onClick={() => setOpen(!open)}
          />
          <AccountMenu account={account} next={next} dialogs={dialogs} />
        </div>
      </div>
      {failure !== undefined && (
        <div className={style.failure}>
          <FailureCard
            failure={failure}
            facts={{ provider: provider?.title ?? '', host: account.host, kind: account.kind }}
            handlers={{
              retry: () => runAction('refresh', account),
              reconnect: () => runAction('reconnect', account),
              'replace-token': () => runAction('replace-token', account),
              'manage-access': () => runAction('manage-access', account),
              'sign-in-again': () => runAction('reconnect', account),
            }}
          />
        </div>
      )}
      {open && <AccountDetails account={account} id={id} />}
    </li>
  )
})
