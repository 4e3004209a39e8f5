import { ShieldCheck } from 'lucide-react'
import { later } from '../../later'
import type { Feature } from '../../route'
import { HostKeyAsker } from './compare-host-key'
import { words } from './words'

/** The book of trusted host keys. */
export const hostKeysFeature: Feature = {
  name: 'host-keys',
  bar: HostKeyAsker,
  routes: [
    {
      path: '/host-keys',
      crumbs: words.crumbs,
      page: later(async () => (await import('./host-keys-page')).HostKeysPage),
    },
  ],
  sidebar: [
    { label: words.title, to: '/host-keys', icon: <ShieldCheck size={16} aria-hidden />, group: 'settings', order: 3 },
  ],
}
