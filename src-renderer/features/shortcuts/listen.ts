import { back, forward } from '../../location'
import { isPressed } from './keys'
import { shortcuts } from './shortcuts'

/** A sign alone is text where text is typed. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Listens for the window's keys and for the mouse's back and forward buttons; returns what ends that. */
export const listenForShortcuts = (target: Window): (() => void) => {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    const pressed = shortcuts.find(({ keys, run }) => run !== null && isPressed(keys, event))
    if (pressed?.run == null || (!pressed.keys.includes('+') && isTyping(event.target))) return
    event.preventDefault()
    pressed.run()
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
