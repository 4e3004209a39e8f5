import { GitBranch } from 'lucide-react'
import { hostName } from '../../failures/facts'
import { navigate } from '../../location'
import type { Feature } from '../../route'
import { AccountsPage } from './accounts-page'
import { AttentionBadge } from './attention-badge'
import { accounts } from './use-accounts'
import { words } from './words'

/** Git Accounts: the list, and everything that is done to an account. */
export const accountsFeature: Feature = {
  name: 'accounts',
  routes: [{ path: '/accounts', crumbs: words.crumbs, page: AccountsPage }],
  sidebar: [
    {
      label: words.title,
      to: '/accounts',
      icon: <GitBranch size={16} aria-hidden />,
      group: 'settings',
      order: 1,
      badge: AttentionBadge,
    },
  ],
  commands: () => [
    {
      id: 'connect',
      group: words.title,
      label: words.connect,
      keywords: 'add sign in',
      run: () => navigate('/accounts/connect'),
    },
    {
      id: 'check-all',
      group: words.title,
      label: words.checkAll,
      keywords: 'refresh',
      run: () => void accounts.checkAll(),
    },
    ...(accounts.store.getState().accounts ?? []).map((account) => ({
      id: `account-${account.id}`,
      group: words.title,
      label: `${account.label || account.login} · ${hostName(account.host)}`,
      run: () => navigate(`/accounts?account=${encodeURIComponent(account.id)}`),
    })),
  ],
  start: accounts.start,
}
