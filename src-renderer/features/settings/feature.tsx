import { AppWindow, Network, SlidersHorizontal } from 'lucide-react'
import { later } from '../../later'
import type { Feature } from '../../route'
import { settings } from './use-settings'
import { words } from './words'

/** Settings: OAuth apps, and everything general. */
export const settingsFeature: Feature = {
  name: 'settings',
  routes: [
    {
      path: '/settings/oauth-apps',
      crumbs: words.oauthCrumbs,
      page: later(async () => (await import('./oauth-apps-page')).OAuthAppsPage),
    },
    {
      path: '/settings/network',
      crumbs: words.networkCrumbs,
      page: later(async () => (await import('./network-page')).NetworkPage),
    },
    {
      path: '/settings/general',
      crumbs: words.generalCrumbs,
      page: later(async () => (await import('./general-page')).GeneralPage),
    },
  ],
  sidebar: [
    {
      label: words.oauthApps,
      to: '/settings/oauth-apps',
      icon: <AppWindow size={16} aria-hidden />,
      group: 'settings',
      order: 8,
    },
    {
      label: words.network,
      to: '/settings/network',
      icon: <Network size={16} aria-hidden />,
      group: 'settings',
      order: 9,
    },
    {
      label: words.general,
      to: '/settings/general',
      icon: <SlidersHorizontal size={16} aria-hidden />,
      group: 'settings',
      order: 10,
    },
  ],
  start: settings.start,
}
