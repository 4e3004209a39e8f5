import type { Language } from './contract/language'

/** One line of a text or of a comparison of two. */
export interface Line {
  readonly mark: 'plain' | 'added' | 'removed' | 'omitted'
  readonly text: string
}

/** One thing that a person compares before they decide. Fixed-width where letters matter. */
export type Fact =
  | { readonly kind: 'text' | 'code'; readonly label: string; readonly value: string }
  | { readonly kind: 'change'; readonly label: string; readonly before: string; readonly after: string }
  | { readonly kind: 'lines'; readonly label: string; readonly lines: readonly Line[] }

/** What a person is asked before something is trusted, run, or given access. All of it comes from main's own data. */
export interface Question {
  readonly title: string
  /** What it brings about, in a plain sentence. */
  readonly text: string
  readonly facts: readonly Fact[]
  /** What to compare, or what goes wrong otherwise; '' for nothing. */
  readonly note: string
  /** `grave`: it may be an attack, or can't be undone. */
  readonly tone: 'plain' | 'grave'
  /** The verb on its button. */
  readonly verb: string
}

/** A question as the dialog shows it. */
export interface ShownQuestion extends Question {
  readonly language: Language
  readonly cancel: string
  /** Told while a part of it was not in sight yet. */
  readonly unread: string
}

/** Shows a question in a dialog of main's own. Resolves to whether the person chose its verb; anything else is a no. */
export type ShowQuestion = (question: ShownQuestion) => Promise<boolean>
