import type { EntryVerdict } from '../../../src-preload/consent-question'
import { type PassphraseVerdict, shortestNewPassphrase } from '../../credentials/passphrase/passphrase-verdict'
import type { ConsentWords } from './words'

const levels: readonly PassphraseVerdict['strength'][] = ['very-weak', 'weak', 'fair', 'good', 'strong']

/** What is thought of a new passphrase, as the dialog tells it. */
export const entryVerdict = ({ strength, refused }: PassphraseVerdict, words: ConsentWords['vault']): EntryVerdict => ({
  accepted: refused === null,
  strength: levels.indexOf(strength),
  strengthText: words.strength[strength],
  problem: refused === null ? '' : refused === 'short' ? words.short(shortestNewPassphrase) : words.refused[refused],
})
