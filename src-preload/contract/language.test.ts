import { describe, expect, it } from 'vitest'
import { languageFor } from './language'

describe('the language', () => {
  it.each([
    ['de', ['en-US'], 'de'],
    ['en', ['de-DE'], 'en'],
    ['system', ['de-AT', 'en'], 'de'],
    ['system', ['de_CH'], 'de'],
    ['system', ['fr-FR', 'de'], 'de'],
    ['system', ['den-CA'], 'en'],
    ['system', ['C'], 'en'],
    ['system', [], 'en'],
  ] as const)('chosen %s on a system that prefers %j is %s', (chosen, preferred, language) => {
    expect(languageFor(chosen, preferred)).toBe(language)
  })
})
