import { type PassphraseVerdict, shortestNewPassphrase } from '../../../src-preload/contract/entities/passphrase'
import { words } from './words'

/** What is wrong with a new passphrase as far as the window can tell, or null. */
export const passphraseProblem = (passphrase: string, repeat: string): string | null => {
  if ([...passphrase].length < shortestNewPassphrase) return words.short(shortestNewPassphrase)
  return passphrase === repeat ? null : words.different
}

/** Why main does not take it, in words, or null. */
export const refusal = ({ refused }: PassphraseVerdict): string | null => {
  if (refused === null) return null
  return refused === 'short' ? words.short(shortestNewPassphrase) : words.refused[refused]
}
