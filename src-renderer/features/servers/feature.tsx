import { Server as ServerIcon } from 'lucide-react'
import { later } from '../../later'
import { navigate } from '../../location'
import type { Feature, Params } from '../../route'
import { StateShape } from '../../ui/state-mark'
import { serverPlace } from './run-action'
import { placeOf } from './server-view'
import { servers, useServer, useServers } from './use-servers'
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

const Name = ({ params }: { readonly params: Params }) => <bdi>{useServer(params.id ?? '')?.name ?? words.one}</bdi>

/** Servers: the list, one server, and adding one. */
export const serversFeature: Feature = {
  name: 'servers',
  routes: [
    { path: '/servers', crumbs: words.crumbs, page: later(async () => (await import('./servers-page')).ServersPage) },
    {
      path: '/servers/new',
      crumbs: [...words.crumbs, words.form.addTitle],
      page: later(async () => (await import('./new-server-page')).NewServerPage),
      panel: true,
    },
    {
      path: '/servers/:id',
      crumbs: [
        { label: words.title, to: '/servers' },
        { label: words.one, name: Name },
      ],
      page: later(async () => (await import('./server-page')).ServerPage),
    },
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
  commands: () => [
    {
      id: 'add-server',
      group: words.title,
      label: words.add,
      keywords: 'new ssh',
      run: () => navigate('/servers/new'),
    },
    ...(servers.store.getState().servers ?? []).map((server) => ({
      id: `server-${server.id}`,
      group: words.title,
      label: server.name,
      keywords: placeOf(server),
      run: () => navigate(serverPlace(server.id)),
    })),
  ],
  start: servers.start,
}
