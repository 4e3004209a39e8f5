import { shortestPassphrase, words } from './words'

/** What is wrong with a new passphrase, or null. */
export const passphraseProblem = (passphrase: string, repeat: string): string | null => {
  if ([...passphrase].length < shortestPassphrase) return words.short(shortestPassphrase)
  return passphrase === repeat ? null : words.different
}
