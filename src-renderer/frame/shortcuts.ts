import { palette } from '../features/palette/palette'
import { back, forward, navigate } from '../location'

/** Keys of the whole window, by what they do. */
const shortcuts: readonly { readonly when: (event: KeyboardEvent) => boolean; readonly run: () => void }[] = [
  { when: (event) => event.altKey && event.key === 'ArrowLeft', run: back },
  { when: (event) => event.altKey && event.key === 'ArrowRight', run: forward },
  { when: (event) => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k', run: palette.toggle },
  { when: (event) => (event.ctrlKey || event.metaKey) && event.key === ',', run: () => navigate('/settings/general') },
  {
    when: (event) => (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'n',
    run: () => navigate('/accounts/connect'),
  },
]

/** Listens for the window's keys and for the mouse's back and forward buttons; returns what ends that. */
export const listenForShortcuts = (target: Window): (() => void) => {
  const onKey = (event: KeyboardEvent) => {
    const shortcut = event.defaultPrevented ? undefined : shortcuts.find(({ when }) => when(event))
    if (shortcut === undefined) return
    event.preventDefault()
    shortcut.run()
  }
  const onMouse = (event: MouseEvent) => {
    if (event.button === 3) back()
    if (event.button === 4) forward()
  }
  target.addEventListener('keydown', onKey)
  target.addEventListener('mouseup', onMouse)
  return () => {
    target.removeEventListener('keydown', onKey)
    target.removeEventListener('mouseup', onMouse)
  }
}
