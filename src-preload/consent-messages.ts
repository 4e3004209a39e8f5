/**
 * The messages of the dialog that asks for consent, heard from its own page only, and the one by which main tells that page
 * that it is in sight.
 */
export const consentMessages = {
  question: 'consent.question',
  /** What is to be thought of a secret that is being typed. */
  judge: 'consent.judge',
  answer: 'consent.answer',
  shown: 'consent.shown',
} as const

/** Milliseconds that the dialog is in sight and in front before a yes counts: a click or a key may have been meant for what was there before. */
export const settleMs = 500
