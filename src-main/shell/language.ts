import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from 'electron'
import { type Language, languageFor, languages } from '../../src-preload/contract/language'

/** The language to speak when this one was chosen in the settings. */
export const languageHere = (app: App, chosen: Language | 'system'): Language =>
  languageFor(chosen, app.getPreferredSystemLanguages())

/** The language as it stands in the settings' file. The first page is served before the settings are opened. */
export const chosenIn = (file: string): Language | 'system' => {
  // Quotes inside of values are escaped, so this is the key and nothing else.
  const word = /"language":\s*"([a-z]+)"/.exec(file)?.[1]
  return languages.find((language) => language === word) ?? 'system'
}

/** The language that the settings ask for at this moment. */
export const readLanguage = async (app: App): Promise<Language> => {
  const file = join(app.getPath('userData'), 'settings.json')
  return languageHere(app, chosenIn(await readFile(file, 'utf8').catch(() => '')))
}
