import { useState } from 'react'
import type { App, Move } from '../../../src-preload/contract/entities/app'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { failureLine } from '../../failures/failure-text'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { DialogButtons } from '../../ui/dialog'
import { SelectField } from '../../ui/labelled'
import { StateMark } from '../../ui/state-mark'
import { nameOf } from '../accounts/account-view'
import { useAccounts } from '../accounts/use-accounts'
import style from './apps.module.css'
import { apps as store } from './use-apps'
import { words } from './words'

const Moves = ({ moves }: { readonly moves: readonly Move[] }) => (
  <ul className={style.moves} aria-label={words.move}>
    {moves.map((move) => (
      <li key={move.appId}>
        <span>{move.name}</span>
        <StateMark tone={move.moved ? 'good' : 'bad'}>
          {move.moved ? words.moving.moved : words.moving.stayed}
        </StateMark>
        {move.failure !== null && <p>{failureLine(move.failure)}</p>}
      </li>
    ))}
  </ul>
)

/** Binds apps to another account that can see their repositories, and says which it could. */
export const MoveApps = (props: { readonly apps: readonly App[]; readonly onClose: () => void }) => {
  const { apps, onClose } = props
  const from = new Set(apps.map(({ source }) => source.accountId))
  const accounts = useAccounts((state) => state.accounts) ?? []
  const hosts = new Set(accounts.filter(({ id }) => from.has(id)).map(({ host }) => host))
  // Accounts at the same host stand first: only those can know the repository by its id.
  const sorted = accounts
    .filter(({ id }) => !from.has(id))
    .sort((a, b) => Number(hosts.has(b.host)) - Number(hosts.has(a.host)))
  const [chosen, setChosen] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const [moves, setMoves] = useState<readonly Move[] | null>(null)
  const target = chosen ?? sorted[0]?.id ?? null

  const move = async () => {
    if (target === null) return
    setBusy(true)
    setFailure(null)
    try {
      setMoves(
        await store.moveTo(
          apps.map(({ id }) => id),
          target,
        ),
      )
    } catch (error) {
      const failed = toFailure(error)
      if (failed.code !== 'cancelled') setFailure(failed)
    } finally {
      setBusy(false)
    }
  }
  if (moves !== null) {
    return (
      <>
        <Moves moves={moves} />
        <DialogButtons>
          <Button look="primary" onClick={onClose} data-autofocus>
            {words.done}
          </Button>
        </DialogButtons>
      </>
    )
  }
  return (
    <div className={style.fields}>
      {target === null ? (
        <p>{words.moving.none}</p>
      ) : (
        <>
          <p className={style.quiet}>{words.moving.text}</p>
          <SelectField
            label={words.moving.account}
            value={target}
            choices={sorted.map((account) => [account.id, `${nameOf(account)} · ${hostName(account.host)}`] as const)}
            onChange={setChosen}
          />
        </>
      )}
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void move() }} />}
      <DialogButtons>
        <Button onClick={onClose}>{words.cancel}</Button>
        {target !== null && (
          <Button look="primary" busy={busy} onClick={() => void move()}>
            {words.moving.verb}
          </Button>
        )}
      </DialogButtons>
    </div>
  )
}
