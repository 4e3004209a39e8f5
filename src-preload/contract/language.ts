/** The languages that the app speaks. English is the first: it is what the others are translated from. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** How dates, numbers and lists are written. */
export const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }

/** The language to speak: the one that was chosen, else the first of the system's that we know, else English. */
export const languageFor = (chosen: Language | 'system', preferred: readonly string[]): Language => {
  if (chosen !== 'system') return chosen
  const known = preferred.map((tag) =>
    languages.find((language) => tag.split(/[-_]/, 1)[0]?.toLowerCase() === language),
  )
  return known.find((language) => language !== undefined) ?? 'en'
}

/** Words of the same shape in another language: a key that is missing, or that English doesn't have, does not compile. */
export type Translated<Words> = Words extends string
  ? string
  : Words extends (...facts: infer Facts) => infer Said
    ? (...facts: Facts) => Translated<Said>
    : { readonly [Key in keyof Words]: Translated<Words[Key]> }
