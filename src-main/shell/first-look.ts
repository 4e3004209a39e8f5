import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from 'electron'
import { boolean, fallback, nullable, number, object, parse, picklist, safeParse, unknown } from 'valibot'
import { type Language, languageFor, languages } from '../../src-preload/contract/language'
import { firstPlace } from './window'

/** The file of a store, whatever it holds. */
const Stored = object({ version: number(), value: unknown() })

const Chosen = fallback(
  object({
    appearance: fallback(picklist(['system', 'light', 'dark']), 'system'),
    language: fallback(picklist(['system', ...languages]), 'system'),
  }),
  { appearance: 'system', language: 'system' },
)

export const Place = object({
  x: nullable(number()),
  y: nullable(number()),
  width: number(),
  height: number(),
  maximized: boolean(),
})

const readStore = async (folder: string, name: string): Promise<unknown> => {
  try {
    const stored = safeParse(Stored, JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')))
    return stored.success ? stored.output.value : null
  } catch {
    return null
  }
}

/**
 * What a window needs before the stores are opened, which takes longer than a window does: how it looks and where it was.
 * What can't be read is as at the first start; the stores say what is wrong with it.
 */
export const readLook = async (folder: string) => {
  const [settings, window] = await Promise.all([readStore(folder, 'settings'), readStore(folder, 'window')])
  return { ...parse(Chosen, settings), place: parse(fallback(Place, firstPlace), window) }
}

/** The rows that the list showed last, as JSON, or null. */
export const readFirstRows = (folder: string): Promise<string | null> =>
  readFile(join(folder, 'repositories', 'view.json'), 'utf8').catch(() => null)

/** The language to speak when this one was chosen in the settings. */
export const languageHere = (app: App, chosen: Language | 'system'): Language =>
  languageFor(chosen, app.getPreferredSystemLanguages())
