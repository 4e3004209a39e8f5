import { KeyRound } from 'lucide-react'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { later } from '../../later'
import type { Feature } from '../../route'
import { keysStore } from './use-keys'
import { words } from './words'

/** SSH keys, and connecting any host by one. */
export const sshKeysFeature: Feature = {
  name: 'ssh-keys',
  routes: [
    { path: '/ssh-keys', crumbs: words.crumbs, page: later(async () => (await import('./keys-page')).KeysPage) },
    {
      path: '/accounts/connect/ssh',
      crumbs: words.connectCrumbs,
      page: later(async () => (await import('./connect-ssh-page')).ConnectSshPage),
      passing: true,
    },
  ],
  sidebar: [
    { label: words.title, to: '/ssh-keys', icon: <KeyRound size={16} aria-hidden />, group: 'settings', order: 2 },
  ],
  commands: () =>
    (keysStore.store.getState().keys ?? []).map((key) => ({
      id: `ssh-key-${key.id}`,
      group: words.title,
      label: `${words.copy}: ${key.name}`,
      run: () => void api.system.copy({ text: key.publicKey }).catch(reportFailure),
    })),
  start: keysStore.start,
}
