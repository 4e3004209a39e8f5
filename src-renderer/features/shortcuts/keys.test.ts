import { describe, expect, it } from 'vitest'
import { capsOf, isPressed } from './keys'

const press = (key: string, held = '') => ({
  key,
  ctrlKey: held.includes('c'),
  metaKey: held.includes('m'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
})

describe('keys', () => {
  it.each([
    ['Mod+K', press('k', 'c'), true],
    ['Mod+K', press('K', 'm'), true],
    ['Mod+K', press('k'), false],
    ['Mod+K', press('k', 'cs'), false],
    ['Mod+K', press('k', 'ca'), false],
    ['Alt+ArrowLeft', press('ArrowLeft', 'a'), true],
    ['?', press('?', 's'), true],
    ['?', press('?', 'c'), false],
    ['Mod++', press('+', 'cs'), true],
    ['Mod+,', press(',', 'c'), true],
  ])('%s is pressed by %j: %s', (keys, event, pressed) => expect(isPressed(keys, event)).toBe(pressed))

  it('are written as they stand on the keyboard', () => {
    expect(capsOf('Mod+Shift+R', false)).toEqual(['Ctrl', 'Shift', 'R'])
    expect(capsOf('Mod+Shift+R', true)).toEqual(['⌘', '⇧', 'R'])
    expect(capsOf('Mod++', false)).toEqual(['Ctrl', '+'])
    expect(capsOf('Alt+ArrowLeft', false)).toEqual(['Alt', '←'])
  })
})
