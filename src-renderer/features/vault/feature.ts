import { later } from '../../later'
import type { Feature } from '../../route'
import { vault } from './use-vault'
import { VaultBar } from './vault-bar'
import { VaultMark } from './vault-mark'
import { words } from './words'

/** Key storage: a panel above the screen, a bar while something is asked, and a line in the sidebar. */
export const vaultFeature: Feature = {
  name: 'vault',
  routes: [
    {
      path: '/vault',
      crumbs: words.crumbs,
      page: later(async () => (await import('./vault-panel')).VaultPanel),
      panel: true,
    },
  ],
  bar: VaultBar,
  foot: VaultMark,
  start: vault.start,
}
