/** What is to be thought of a new passphrase. */
export interface PassphraseVerdict {
  readonly strength: 'very-weak' | 'weak' | 'fair' | 'good' | 'strong'
  /** Why it is not taken, or null. `common`: on every attacker's list, perhaps with something around it. */
  readonly refused: 'short' | 'common' | 'repeated' | 'weak' | null
}

/** Characters that a new passphrase has at least. */
export const shortestNewPassphrase = 10
