import { useState } from 'react'
import type { Account } from '../../../src-preload/contract/entities/account'
import type { DeployKeyPlace, SshKey } from '../../../src-preload/contract/entities/ssh-key'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { SelectField } from '../../ui/labelled'
import { RelativeTime } from '../../ui/relative-time'
import { accountFixes } from '../accounts/account-fixes'
import { nameOf } from '../accounts/account-view'
import { useAccounts } from '../accounts/use-accounts'
import { RepositoryField } from '../apps/repository-field'
import style from './ssh-keys.module.css'
import { words } from './words'

/** What is being done, and what went wrong with the last try. */
interface Doing {
  readonly busy: string | null
  readonly failure: { readonly data: FailureData; readonly accountId: string; readonly retry: () => void } | null
}

const useDoing = () => {
  const [doing, setDoing] = useState<Doing>({ busy: null, failure: null })
  const run = (name: string, accountId: string, act: () => Promise<unknown>, done: () => void = () => undefined) => {
    setDoing({ busy: name, failure: null })
    act().then(
      () => {
        setDoing({ busy: null, failure: null })
        done()
      },
      (error: unknown) =>
        setDoing({
          busy: null,
          failure: { data: toFailure(error), accountId, retry: () => run(name, accountId, act, done) },
        }),
    )
  }
  return { ...doing, run }
}

const Place = (props: {
  readonly place: DeployKeyPlace
  readonly account: Account | undefined
  readonly busy: boolean
  readonly onRemove: () => void
}) => {
  const { place, account } = props
  return (
    <li className={style.place}>
      <span className={style.rowWords}>
        <bdi className={style.name}>{place.path}</bdi>{' '}
        <span className={style.quiet}>
          {account === undefined ? '' : `${nameOf(account)} · ${hostName(account.host)} · `}
          {words.made} <RelativeTime at={place.addedAt} />
        </span>
      </span>
      <Button small busy={props.busy} onClick={props.onRemove}>
        {words.placeRemove}
      </Button>
    </li>
  )
}

/**
 * Repositories whose read-only deploy key this is, put there and taken away by the provider's interface, for accounts that
 * may.
 */
export const DeployKeyPlaces = ({ sshKey: key }: { readonly sshKey: SshKey }) => {
  const able = useAccounts((state) => state.accounts)?.filter(({ can }) => can.deployKeys) ?? []
  const [accountId, setAccountId] = useState('')
  const [chosen, setChosen] = useState<{ readonly id: string; readonly path: string } | null>(null)
  const { busy, failure, run } = useDoing()
  const account = able.find(({ id }) => id === accountId) ?? able[0]
  if (account === undefined && key.deployKeyOf.length === 0) return null
  const add = (to: Account, repositoryId: string) =>
    run(
      'add',
      to.id,
      () => api.sshKeys.addDeployKey({ id: key.id, accountId: to.id, repositoryId }),
      () => setChosen(null),
    )
  return (
    <section aria-label={words.places} className={style.places}>
      <h3 className={style.label}>{words.places}</h3>
      <p className={style.quiet}>{words.placesAbout}</p>
      {key.deployKeyOf.length > 0 && (
        <ul aria-label={words.placesList}>
          {key.deployKeyOf.map((place) => (
            <Place
              key={`${place.accountId} ${place.repositoryId}`}
              place={place}
              account={able.find(({ id }) => id === place.accountId)}
              busy={busy === place.repositoryId}
              onRemove={() =>
                run(place.repositoryId, place.accountId, () =>
                  api.sshKeys.removeDeployKey({
                    id: key.id,
                    accountId: place.accountId,
                    repositoryId: place.repositoryId,
                  }),
                )
              }
            />
          ))}
        </ul>
      )}
      {account !== undefined && (
        <div className={style.fields}>
          {able.length > 1 && (
            <SelectField
              label={words.placeAccount}
              value={account.id}
              choices={able.map((one) => [one.id, `${nameOf(one)} · ${hostName(one.host)}`] as const)}
              onChange={(id) => {
                setAccountId(id)
                setChosen(null)
              }}
            />
          )}
          <RepositoryField account={account} chosen={chosen} onRepository={({ id, path }) => setChosen({ id, path })} />
          <div className={style.buttons}>
            <Button
              disabled={chosen === null}
              busy={busy === 'add'}
              onClick={() => {
                if (chosen !== null) add(account, chosen.id)
              }}
            >
              {words.placeAdd}
            </Button>
          </div>
        </div>
      )}
      {failure !== null && (
        <FailureCard
          failure={failure.data}
          handlers={{ ...accountFixes(failure.accountId, failure.data), retry: failure.retry }}
        />
      )}
    </section>
  )
}
