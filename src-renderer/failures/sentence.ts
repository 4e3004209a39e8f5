import { language } from '../language'
import type { FailureAction } from './action'
import type { FactReader } from './facts'

/** A sentence, or how to make it from the facts. */
export type Sentence = string | ((facts: FactReader) => string)

/** A failure in three lines: what happened, why, and what to do; and the button that does it. */
export interface FailureWords {
  /** What happened, as a whole sentence. */
  readonly title: Sentence
  /** Why. Empty when nothing more is known. */
  readonly cause: Sentence
  /** What to do. */
  readonly fix: Sentence
  readonly action: FailureAction | null | ((facts: FactReader) => FailureAction | null)
  /** Nothing is broken: it passes by itself, or only asks something. Shown as a word of warning, not as an error. */
  readonly calm?: true
}

/** The sentences of the same failures in another language; what can be done about them is the same. */
export type FailureSentences<Failures> = {
  readonly [Code in keyof Failures]: Pick<FailureWords, 'title' | 'cause' | 'fix'>
}

/** The failures in this window's language. */
export const translateFailures = <Code extends string>(
  english: Readonly<Record<Code, FailureWords>>,
  german: FailureSentences<Readonly<Record<Code, unknown>>>,
): Readonly<Record<Code, FailureWords>> => {
  if (language === 'en') return english
  const translated: Record<Code, FailureWords> = { ...english }
  for (const code of Object.keys(german) as Code[]) translated[code] = { ...english[code], ...german[code] }
  return translated
}
