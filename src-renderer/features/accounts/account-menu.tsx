import { Copy, FolderGit2, KeyRound, ListChecks, Pencil, PlugZap, RefreshCw, SearchX, Star, Unplug } from 'lucide-react'
import type { Account } from '../../../src-preload/contract/entities/account'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { type MenuAction, MoreMenu } from '../../ui/more-menu'
import { toast } from '../../ui/toast'
import type { RowDialogs } from './account-row'
import { type NextAction, nameOf } from './account-view'
import { runAction } from './run-action'
import { openClone } from './ssh-addresses'
import { accounts } from './use-accounts'
import { words } from './words'

const size = 14

const copy = (text: string) => {
  api.system.copy({ text }).then(() => toast({ tone: 'good', title: words.copied, text }), reportFailure)
}

/** Everything that can be done with an account besides its one next thing. */
export const AccountMenu = (props: {
  readonly account: Account
  readonly next: NextAction
  readonly dialogs: RowDialogs
}) => {
  const { account, next, dialogs } = props
  const act: readonly (MenuAction & { readonly when: boolean })[] = [
    {
      label: words.refresh,
      icon: <RefreshCw size={size} aria-hidden />,
      run: () => runAction('refresh', account),
      when: next !== 'refresh' && account.can.refresh,
    },
    {
      label: account.kind === 'ssh' ? words.replaceKey : words.reconnect,
      icon: <PlugZap size={size} aria-hidden />,
      run: () => runAction('reconnect', account),
      when: next !== 'reconnect',
    },
    {
      label: words.showKey,
      icon: <KeyRound size={size} aria-hidden />,
      run: () => runAction('show-key', account),
      when: next !== 'show-key' && account.kind === 'ssh',
    },
    {
      label: words.testClone,
      icon: <FolderGit2 size={size} aria-hidden />,
      run: () => openClone(account, account.addresses[0] ?? ''),
      when: account.addresses.length > 0,
    },
    {
      label: words.replaceToken,
      icon: <KeyRound size={size} aria-hidden />,
      run: () => runAction('replace-token', account),
      when: next !== 'replace-token' && account.kind === 'token',
    },
    {
      label: words.manageAccess,
      icon: <ListChecks size={size} aria-hidden />,
      run: () => runAction('manage-access', account),
      when:
        next !== 'manage-access' &&
        (account.access.manageUrl !== null || account.access.owners.some((owner) => owner.manageUrl !== null)),
    },
    {
      label: words.browse,
      icon: <FolderGit2 size={size} aria-hidden />,
      run: () => navigate(`/repositories?account=${encodeURIComponent(account.id)}`),
      when: account.can.list,
    },
    {
      label: words.whyMissing,
      icon: <SearchX size={size} aria-hidden />,
      run: () => navigate(`/diagnosis?account=${encodeURIComponent(account.id)}`),
      when: true,
    },
  ]
  const keep: readonly MenuAction[] = [
    { label: words.rename, icon: <Pencil size={size} aria-hidden />, run: () => dialogs.rename(account) },
    ...(account.isDefault
      ? []
      : [
          {
            label: words.setDefault,
            icon: <Star size={size} aria-hidden />,
            run: () => void accounts.setDefault(account.id),
          },
        ]),
    { label: words.copyLogin, icon: <Copy size={size} aria-hidden />, run: () => copy(account.login) },
    { label: words.copyHost, icon: <Copy size={size} aria-hidden />, run: () => copy(account.host) },
  ]
  const end: readonly MenuAction[] = [
    {
      label: account.kind === 'ssh' ? words.disconnect : words.revoke,
      icon: <Unplug size={size} aria-hidden />,
      danger: true,
      run: () => dialogs.revoke(account),
    },
  ]
  return <MoreMenu label={words.more(nameOf(account))} groups={[act.filter(({ when }) => when), keep, end]} />
}
