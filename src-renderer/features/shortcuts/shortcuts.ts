import { back, forward, navigate } from '../../location'
import { togglePalette } from '../palette/palette'
import type { Keys } from './keys'
import { words } from './words'

/** A combination of keys and what it does. */
export interface Shortcut {
  readonly keys: Keys
  readonly label: string
  /** Null where the menu bar, a dialog or the system does it. */
  readonly run: (() => void) | null
}

/** Where the sheet is. */
export const sheet = '/shortcuts'

/** Every shortcut of the window, in the order of the sheet. */
export const shortcuts: readonly Shortcut[] = [
  { keys: 'Mod+K', label: words.palette, run: togglePalette },
  { keys: 'Mod+N', label: words.connect, run: () => navigate('/accounts/connect') },
  { keys: 'Mod+Shift+R', label: words.checkAll, run: null },
  { keys: 'Mod+1', label: words.repositories, run: null },
  { keys: 'Mod+2', label: words.accounts, run: null },
  { keys: 'Mod+3', label: words.keys, run: null },
  { keys: 'Mod+,', label: words.settings, run: () => navigate('/settings/general') },
  { keys: 'Alt+ArrowLeft', label: words.back, run: back },
  { keys: 'Alt+ArrowRight', label: words.forward, run: forward },
  { keys: 'Escape', label: words.close, run: null },
  { keys: 'Mod++', label: words.zoomIn, run: null },
  { keys: 'Mod+-', label: words.zoomOut, run: null },
  { keys: 'Mod+0', label: words.zoomReset, run: null },
  { keys: '?', label: words.sheet, run: () => navigate(sheet) },
]
