import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Account } from '../../../src-preload/contract/entities/account'
import { formatNoun } from '../../ui/numbers'
import { RelativeTime } from '../../ui/relative-time'
import style from './account-list.module.css'
import { words } from './words'

const repositories = ({ repositoryCount, access }: Account): string | null => {
  if (repositoryCount === null) return null
  const selection = words.selections[access.selection]
  return [words.repositories(repositoryCount), selection].filter((part) => part !== '').join(', ')
}

const scopes = ({ scopes, kind }: Account): string | null => {
  if (scopes === null || scopes.length === 0 || kind === 'ssh') return null
  const [first, ...rest] = scopes
  return rest.length < 3
    ? `${scopes.join(', ')} ${scopes.length === 1 ? 'scope' : 'scopes'}`
    : `${first} and ${formatNoun(rest.length, 'more scope')}`
}

const expiry = ({ expiresAt, renewsAt }: Account): ReactNode => {
  const at = renewsAt ?? expiresAt
  if (at === null) return null
  if (renewsAt !== null) {
    return (
      <>
        {words.renews} <RelativeTime at={at} />
      </>
    )
  }
  return (
    <>
      {at < Date.now() ? words.expired : words.expires} <RelativeTime at={at} />
    </>
  )
}

/** The dim line of a row: what it sees, how long it lasts, when it was checked, what depends on it. */
export const AccountFacts = (props: {
  readonly account: Account
  readonly open: boolean
  readonly detailsId: string
  readonly onToggle: () => void
}) => {
  const { account, open } = props
  const retrying = account.state === 'unreachable' && account.nextCheckAt !== null
  return (
    <p className={style.facts}>
      {[
        ['repositories', repositories(account)],
        ['scopes', scopes(account)],
        ['expiry', expiry(account)],
        ['apps', account.appsUsing > 0 ? words.apps(account.appsUsing) : null],
      ].map(([key, part]) => (part === null ? null : <span key={String(key)}>{part}</span>))}
      {retrying && account.nextCheckAt !== null ? (
        <span>
          {words.nextTry} <RelativeTime at={account.nextCheckAt} />
        </span>
      ) : (
        <span>
          {account.checkedAt === null ? (
            words.neverChecked
          ) : (
            <>
              {words.checkedAt} <RelativeTime at={account.checkedAt} />
            </>
          )}
        </span>
      )}
      <span>
        <button
          type="button"
          className={style.toggle}
          aria-expanded={open}
          aria-controls={open ? props.detailsId : undefined}
          onClick={props.onToggle}
        >
          {words.details}
          <ChevronDown size={13} aria-hidden />
        </button>
      </span>
    </p>
  )
}
