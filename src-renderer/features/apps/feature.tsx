import { Box } from 'lucide-react'
import type { Feature } from '../../route'
import { StateShape } from '../../ui/state-mark'
import { AppPage } from './app-page'
import { AppsPage } from './apps-page'
import { EditAppPage } from './edit-app-page'
import { words as formWords } from './form-words'
import { NewAppPage } from './new-app-page'
import { apps, useApps } from './use-apps'
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

const list = { label: words.title, to: '/apps' }

/** Apps: the list, one app, making one, changing one. */
export const appsFeature: Feature = {
  name: 'apps',
  routes: [
    { path: '/apps', crumbs: words.crumbs, page: AppsPage },
    { path: '/apps/new', crumbs: [list, formWords.newTitle], page: NewAppPage },
    { path: '/apps/:id', crumbs: [list, words.one], page: AppPage },
    { path: '/apps/:id/edit', crumbs: [list, formWords.editCrumb], page: EditAppPage },
  ],
  sidebar: [
    { label: words.title, to: '/apps', icon: <Box size={16} aria-hidden />, group: 'top', order: 1, badge: Badge },
  ],
  start: apps.start,
}
