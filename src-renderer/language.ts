import { type Language, languages, locales, type Translated } from '../src-preload/contract/language'

/** The page was served in it, so it is known before any module reads a word, and stays until the page is loaded again. */
const served: string | undefined = globalThis.document?.documentElement.lang

/** The language of this window. */
export const language: Language = languages.find((known) => known === served) ?? 'en'

/** How this window writes dates and numbers. */
export const locale = locales[language]

/** The words of this window's language. */
export const translate = <Words>(english: Words, german: Translated<Words>): Translated<Words> =>
  // English is a translation of itself.
  language === 'de' ? german : (english as Translated<Words>)
