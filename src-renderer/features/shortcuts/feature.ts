import { later } from '../../later'
import { navigate } from '../../location'
import type { Feature } from '../../route'
import { listenForShortcuts } from './listen'
import { sheet } from './shortcuts'
import { words } from './words'

/** Keyboard shortcuts and the sheet of them. */
export const shortcutsFeature: Feature = {
  name: 'shortcuts',
  routes: [
    {
      path: sheet,
      crumbs: [words.title],
      page: later(async () => (await import('./shortcut-sheet')).ShortcutSheet),
      panel: true,
    },
  ],
  commands: () => [{ id: 'shortcuts', group: words.group, label: words.title, run: () => navigate(sheet) }],
  start: () => listenForShortcuts(window),
}
