import { Server as ServerIcon } from 'lucide-react'
import type { Feature } from '../../route'
import { StateShape } from '../../ui/state-mark'
import { NewServerPage } from './new-server-page'
import { ServerPage } from './server-page'
import { ServersPage } from './servers-page'
import { servers, useServers } from './use-servers'
import { words } from './words'

/** A mark in the sidebar while a server asks for something. */
const Badge = () => {
  const asking = useServers(
    ({ servers: list }) =>
      list?.filter(({ state }) => state === 'needs-attention' || state === 'asks-host-key').length ?? 0,
  )
  if (asking === 0) return null
  return (
    <span role="img" aria-label={words.asking(asking)} title={words.asking(asking)}>
      <StateShape tone="warn" />
    </span>
  )
}

/** Servers: the list, one server, and adding one. */
export const serversFeature: Feature = {
  name: 'servers',
  routes: [
    { path: '/servers', crumbs: words.crumbs, page: ServersPage },
    { path: '/servers/new', crumbs: [...words.crumbs, words.form.addTitle], page: NewServerPage, panel: true },
    { path: '/servers/:id', crumbs: [{ label: words.title, to: '/servers' }, words.one], page: ServerPage },
  ],
  sidebar: [
    {
      label: words.title,
      to: '/servers',
      icon: <ServerIcon size={16} aria-hidden />,
      group: 'top',
      order: 3,
      badge: Badge,
    },
  ],
  start: servers.start,
}
