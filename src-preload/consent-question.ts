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

/**
 * A secret that the person types into the dialog. No other page of the app has a field for it.
 * `new-passphrase`: typed twice, and judged while it is typed. `passphrase`: one that there is already.
 */
export interface Entry {
  readonly kind: 'new-passphrase' | 'passphrase'
  readonly label: string
  /** What it has to be like; '' for nothing. */
  readonly about: string
  /** Label of the field in which it is typed again, and what is told while the two differ; null where once is enough. */
  readonly repeat: { readonly label: string; readonly different: string } | null
}

/** What main thinks of a secret as it is typed. */
export interface EntryVerdict {
  readonly accepted: boolean
  /** From 0 to 4. */
  readonly strength: number
  readonly strengthText: string
  /** Why it is not accepted; '' where it is. */
  readonly problem: string
}

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
  readonly entry?: Entry
}

/** A question as the dialog shows it. */
export interface ShownQuestion extends Question {
  readonly language: Language
  readonly cancel: string
  /** Told while a part of it was not in sight yet. */
  readonly unread: string
  /** Of the button that shows what was typed, and hides it again. */
  readonly reveal: { readonly show: string; readonly hide: string }
}

/** The person chose the verb. */
export interface Agreed {
  /** What they typed; '' where the question has no entry. */
  readonly entered: string
}

/**
 * Shows a question in a dialog of main's own. Resolves to null unless the person chose its verb.
 * @param judge says what to think of a new secret while it is typed
 */
export type ShowQuestion = (
  question: ShownQuestion,
  judge: (typed: string) => Promise<EntryVerdict>,
) => Promise<Agreed | null>
