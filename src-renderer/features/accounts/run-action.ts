import type { Account } from '../../../src-preload/contract/entities/account'
import { askAboutCertificate } from '../../failures/certificate-question'
import { hostName } from '../../failures/facts'
import { askAboutHostKey } from '../../failures/host-key-question'
import { navigate } from '../../location'
import type { NextAction } from './account-view'
import { accounts } from './use-accounts'
import { words } from './words'

/** The words on the button of each action. */
export const actionLabels: Record<NextAction, string> = {
  refresh: words.refresh,
  reconnect: words.reconnect,
  'replace-token': words.replaceToken,
  unlock: words.unlock,
  'manage-access': words.manageAccess,
  'show-key': words.showKey,
  'show-certificate': words.showCertificate,
  'show-host-key': words.showHostKey,
  'open-host-keys': words.openHostKeys,
}

/** Does it: here, or by going where it is done. */
export const runAction = (action: NextAction, account: Account): void => {
  const id = encodeURIComponent(account.id)
  const reconnect =
    account.kind === 'ssh' ? `/accounts/connect/ssh?reconnects=${id}` : `/accounts/connect?account=${id}`
  switch (action) {
    case 'refresh':
      void accounts.refresh(account.id)
      break
    case 'reconnect':
      navigate(reconnect)
      break
    case 'replace-token':
      navigate(`${reconnect}&way=token`)
      break
    case 'unlock':
      navigate('/vault')
      break
    case 'manage-access': {
      const asking = account.access.owners.find(
        (owner) => owner.selection === 'sso-required' && owner.manageUrl !== null,
      )
      const any = account.access.owners.find((owner) => owner.manageUrl !== null)
      const owner = account.access.manageUrl === null ? (asking ?? any) : asking
      void accounts.manageAccess(account.id, owner?.name ?? null)
      break
    }
    case 'show-certificate':
      askAboutCertificate(account.reason?.facts ?? {}, () => void accounts.refresh(account.id))
      break
    case 'show-host-key':
      askAboutHostKey(account.reason?.facts ?? {}, () => void accounts.refresh(account.id))
      break
    case 'open-host-keys':
      navigate(`/host-keys?host=${encodeURIComponent(hostName(account.host))}`)
      break
    case 'show-key':
      navigate(`/ssh-keys?account=${encodeURIComponent(account.id)}`)
      break
  }
}
