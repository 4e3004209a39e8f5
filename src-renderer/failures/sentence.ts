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
  readonly action: FailureAction | null
  /** Nothing is broken: it passes by itself, or only asks something. Shown as a word of warning, not as an error. */
  readonly calm?: true
}
