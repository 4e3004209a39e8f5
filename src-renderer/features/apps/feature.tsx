import { Box } from 'lucide-react'
import { PlaceLink } from '../../frame/place-link'
import { later } from '../../later'
import { navigate } from '../../location'
import type { Feature, Params } from '../../route'
import { StateShape } from '../../ui/state-mark'
import { appPlace } from './app-places'
import { words as formWords } from './form-words'
import { apps, useApp, useApps } from './use-apps'
import { words } from './words'

/** A mark in the sidebar while an app asks for something. */
const Badge = () => {
  const asking = useApps(
    ({ apps: list }) =>
      list?.filter(({ state, reason }) => state === 'failed' || (state === 'live' && reason !== null)).length ?? 0,
  )
  if (asking === 0) return null
  return (
    <span role="img" aria-label={words.asking(asking)} title={words.asking(asking)}>
      <StateShape tone="warn" />
    </span>
  )
}

const Name = ({ params }: { readonly params: Params }) => <bdi>{useApp(params.id ?? '')?.name ?? words.one}</bdi>

const NameLink = ({ params }: { readonly params: Params }) => (
  <PlaceLink to={appPlace(params.id ?? '')}>
    <Name params={params} />
  </PlaceLink>
)

const list = { label: words.title, to: '/apps' }

/** Apps: the list, one app, making one, changing one. */
export const appsFeature: Feature = {
  name: 'apps',
  routes: [
    { path: '/apps', crumbs: words.crumbs, page: later(async () => (await import('./apps-page')).AppsPage) },
    {
      path: '/apps/new',
      crumbs: [list, formWords.newTitle],
      page: later(async () => (await import('./new-app-page')).NewAppPage),
      passing: true,
    },
    {
      path: '/apps/move',
      crumbs: [list, words.moving.all],
      page: later(async () => (await import('./move-apps-page')).MoveAppsPage),
      panel: true,
    },
    {
      path: '/apps/:id',
      crumbs: [list, { label: words.one, name: Name }],
      page: later(async () => (await import('./app-page')).AppPage),
    },
    {
      path: '/apps/:id/edit',
      crumbs: [list, { label: words.one, name: NameLink }, formWords.editCrumb],
      page: later(async () => (await import('./edit-app-page')).EditAppPage),
      passing: true,
    },
  ],
  sidebar: [
    { label: words.title, to: '/apps', icon: <Box size={16} aria-hidden />, group: 'top', order: 1, badge: Badge },
  ],
  commands: () => [
    {
      id: 'new-app',
      group: words.title,
      label: words.create,
      keywords: 'add create',
      run: () => navigate('/apps/new'),
    },
    ...(apps.store.getState().apps ?? []).map(({ id, name, source, branch }) => ({
      id: `app-${id}`,
      group: words.title,
      label: name,
      keywords: `${source.path} ${branch}`,
      run: () => navigate(appPlace(id)),
    })),
  ],
  start: apps.start,
}
