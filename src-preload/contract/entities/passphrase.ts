import { type InferOutput, nullable, object, picklist } from 'valibot'

/** What main thinks of a new passphrase; the window shows it while it is typed. */
export const PassphraseVerdict = object({
  strength: picklist(['very-weak', 'weak', 'fair', 'good', 'strong']),
  /** Why it is not taken, or null. `common`: on every attacker's list, perhaps with something around it. */
  refused: nullable(picklist(['short', 'common', 'repeated', 'weak'])),
})
export type PassphraseVerdict = InferOutput<typeof PassphraseVerdict>

/** Characters that a new passphrase has at least. */
export const shortestNewPassphrase = 10
