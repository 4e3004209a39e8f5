import type { Account } from '../../../src-preload/contract/entities/account'
import { hostName } from '../../failures/facts'
import { LinkButton } from '../../ui/button'
import { KeyValue } from '../../ui/key-value'
import { RelativeTime } from '../../ui/relative-time'
import style from './account-list.module.css'
import { SshAddresses } from './ssh-addresses'
import { accounts } from './use-accounts'
import { words } from './words'

const Scopes = ({ scopes }: { readonly scopes: Account['scopes'] }) =>
  scopes === null ? (
    words.noScopes
  ) : (
    <span className={style.scopes}>
      {scopes.map((scope) => (
        <code key={scope}>{scope}</code>
      ))}
    </span>
  )

const AccessDetails = ({ account }: { readonly account: Account }) => {
  const { access } = account
  const change = (owner: string | null) => (
    <LinkButton onClick={() => void accounts.manageAccess(account.id, owner)}>{words.change}</LinkButton>
  )
  return (
    <>
      {words.accessSentence[access.selection]} {access.manageUrl !== null && change(null)}
      {access.owners.length > 0 && (
        <ul className={style.owners}>
          {access.owners.map((owner) => (
            <li key={owner.name}>
              {owner.name}: {words.ownerSelections[owner.selection]} {owner.manageUrl !== null && change(owner.name)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** The address by which the host names itself, while its links are taken at the one that was typed; and the way back. */
const NamedAs = ({ account }: { readonly account: Account }) => (
  <>
    <code>{hostName(account.namedAs ?? '')}</code>{' '}
    <LinkButton onClick={() => void accounts.takeTypedAddress(account.id, false)}>{words.followHost}</LinkButton>
  </>
)

/** Everything the app knows about an account, unfolded below its row. */
export const AccountDetails = ({ account, id }: { readonly account: Account; readonly id: string }) => (
  <div id={id} className={style.details}>
    <KeyValue
      rows={[
        [words.facts.login, account.login],
        [words.facts.name, account.name],
        [words.facts.host, <code key="host">{hostName(account.host)}</code>],
        [words.facts.namedAs, account.namedAs === null ? null : <NamedAs key="namedAs" account={account} />],
        [
          words.facts.addresses,
          account.addresses.length === 0 ? null : <SshAddresses key="addresses" account={account} />,
        ],
        [words.facts.access, account.kind === 'ssh' ? null : <AccessDetails key="access" account={account} />],
        [words.facts.scopes, account.kind === 'ssh' ? null : <Scopes key="scopes" scopes={account.scopes} />],
        [
          words.facts.expires,
          account.expiresAt === null ? words.noExpiry : <RelativeTime key="expires" at={account.expiresAt} />,
        ],
        [words.facts.renews, account.renewsAt === null ? null : <RelativeTime key="renews" at={account.renewsAt} />],
        [words.facts.connected, <RelativeTime key="connected" at={account.connectedAt} />],
        [
          words.facts.checked,
          account.checkedAt === null ? words.neverChecked : <RelativeTime key="checked" at={account.checkedAt} />,
        ],
        [words.facts.apps, words.apps(account.appsUsing)],
      ]}
    />
  </div>
)
