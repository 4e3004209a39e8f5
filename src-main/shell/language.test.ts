import { describe, expect, it } from 'vitest'
import { chosenIn } from './language'

const file = (value: unknown) => JSON.stringify({ version: 1, value }, null, 2)

describe('the language in the settings’ file', () => {
  it.each([
    [file({ language: 'de' }), 'de'],
    [file({ appearance: 'dark', language: 'en' }), 'en'],
    [file({ language: 'system' }), 'system'],
    [file({ language: 'xx' }), 'system'],
    [file({ gitPath: '/opt/"language": "de"' }), 'system'],
    [file({}), 'system'],
    ['{ "language', 'system'],
    ['', 'system'],
  ])('%s', (text, chosen) => expect(chosenIn(text)).toBe(chosen))
})
