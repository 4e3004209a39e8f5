import type { ReactNode } from 'react'
import type { Account } from '../../../src-preload/contract/entities/account'
import { RelativeTime } from '../../ui/relative-time'
import style from './account-list.module.css'
import { endsSoon, nameOf } from './account-view'
import { useAccounts } from './use-accounts'
import { words } from './words'

const repositories = ({ repositoryCount, access }: Account): string | null => {
  if (repositoryCount === null) return null
  const selection = words.selections[access.selection]
  return [words.repositories(repositoryCount), selection].filter((part) => part !== '').join(', ')
}

const scopes = ({ scopes, kind }: Account): string | null => {
  if (scopes === null || scopes.length === 0 || kind === 'ssh') return null
  const [first, ...rest] = scopes
  return rest.length < 3 ? words.scopes(scopes) : words.scopesAnd(first ?? '', rest.length)
}

/** The address that an SSH account used last, and how many more there are. */
const addressLine = ({ addresses }: Account): string =>
  addresses.length === 1 ? (addresses[0] ?? '') : `${addresses[0]} ${words.moreAddresses(addresses.length - 1)}`

const moment = (word: string, at: number): ReactNode => (
  <>
    {word} <RelativeTime at={at} />
  </>
)

/** Left out where the row's state or reason says it already. */
const expiry = (account: Account): ReactNode => {
  if (account.state === 'expired' || endsSoon(account)) return null
  if (account.renewsAt !== null) return moment(words.renews, account.renewsAt)
  return account.expiresAt === null ? null : moment(words.expires, account.expiresAt)
}

const checked = ({ checkedAt }: Account): ReactNode =>
  checkedAt === null ? words.neverChecked : moment(words.checkedAt, checkedAt)

/** A fact that stays on one line; the space after it is where the line may break. */
const Fact = ({ children }: { readonly children: ReactNode }) => (
  <>
    <span>{children}</span>{' '}
  </>
)

/** The dim line of a row: what it sees, how long it lasts, what depends on it, when it was checked. */
export const AccountFacts = ({ account }: { readonly account: Account }) => {
  const twin = useAccounts((state) => state.accounts?.find((other) => other.id === account.samePersonAs))
  const next = account.state === 'unreachable' ? account.nextCheckAt : null
  const parts: readonly (readonly [string, ReactNode])[] = [
    ['address', account.addresses.length === 0 ? null : addressLine(account)],
    ['repositories', repositories(account)],
    ['scopes', scopes(account)],
    ['expiry', expiry(account)],
    ['twin', twin === undefined ? null : words.samePerson(nameOf(twin))],
    ['apps', account.appsUsing > 0 ? words.apps(account.appsUsing) : null],
    next === null ? ['checked', checked(account)] : ['next', moment(words.nextTry, next)],
  ]
  return <p className={style.facts}>{parts.map(([key, part]) => part !== null && <Fact key={key}>{part}</Fact>)}</p>
}
