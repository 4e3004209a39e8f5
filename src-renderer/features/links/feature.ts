import { later } from '../../later'
import type { Feature } from '../../route'
import { words } from './words'

/** What a link from outside asks for, before any of it is done: a panel over the screen that was there. */
export const linksFeature: Feature = {
  name: 'links',
  routes: [
    {
      path: '/link',
      crumbs: [words.title],
      page: later(async () => (await import('./link-panel')).LinkPanel),
      panel: true,
    },
  ],
}
