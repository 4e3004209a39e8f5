import { describe, expect, it } from 'vitest'
import { fits } from './palette-store'

const command = { id: 'x', group: 'Go to', label: 'Git Accounts', keywords: 'connections', run: () => undefined }

describe('the palette', () => {
  it.each([
    ['', true],
    ['git', true],
    ['acc go', true],
    ['CONN', true],
    ['git keys', false],
  ])('%j finds a command: %s', (text, found) => expect(fits(command, text)).toBe(found))
})
