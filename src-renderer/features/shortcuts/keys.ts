import { ownOf } from '../../../src-preload/contract/own'
/** Keys as one text, e.g. `Mod+Shift+R`. `Mod` is Ctrl, on macOS Command. */
export type Keys = string

/** Keys as people see them written. */
const caps: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc' }
const macCaps: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' }

/** Whether this is a Mac, which has other keys. */
export const isMac = (platform: string = navigator.platform): boolean => platform.startsWith('Mac')

const parts = (keys: Keys): readonly string[] => keys.split(/\+(?=.)/)

/** What stands on each key of a combination. */
export const capsOf = (keys: Keys, mac: boolean): readonly string[] =>
  parts(keys).map(
    (part) => (mac ? ownOf(macCaps, part) : undefined) ?? ownOf(caps, part) ?? (part === 'Mod' ? 'Ctrl' : part),
  )

/** Whether exactly this combination was pressed. Shift is ignored for signs, which some keyboards have only with it. */
export const isPressed = (
  keys: Keys,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): boolean => {
  const wanted = parts(keys)
  const key = wanted.at(-1) ?? ''
  const sign = key.length === 1 && !/[a-z0-9]/i.test(key)
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    (event.ctrlKey || event.metaKey) === wanted.includes('Mod') &&
    event.altKey === wanted.includes('Alt') &&
    (sign || event.shiftKey === wanted.includes('Shift'))
  )
}
