import { GitBranch } from 'lucide-react'
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
  start: accounts.start,
}
