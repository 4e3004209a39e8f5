import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as german } from '@zxcvbn-ts/language-de'
import { dictionary as english } from '@zxcvbn-ts/language-en'
import { ownOf } from '../../../src-preload/contract/own'
import { isKeyboardWalk } from './keyboard-walk'
import { ownWords } from './own-words'
import { type PassphraseVerdict, shortestNewPassphrase } from './passphrase-verdict'

const strengths = ['very-weak', 'weak', 'fair', 'good', 'strong'] as const

/** What is longer is judged by its beginning: the estimate takes quadratic time, and so much is strong enough by itself. */
const longest = 100

/** English family names are left out: they are a third of all words, and the first 49,000 passwords hold the usual ones. */
const { 'lastnames-en': _, ...englishWords } = english
const estimator = new ZxcvbnFactory({
  dictionary: { ...common, ...englishWords, ...german },
  graphs: adjacencyGraphs,
  maxLength: longest,
})
const commonPasswords = new Set(common['passwords-common'])

const thousandMostCommon = new Set(common['passwords-common'].slice(0, 1000))

/** Characters around a common password that make no other of it: `!2024…` and the like. */
const mostAround = 10

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}
const withoutLeet = (text: string): string => text.replace(/[013457@$]/g, (sign) => ownOf(leet, sign) ?? sign)
const reversed = (text: string): string => [...text].reverse().join('')

/** Without the digits and signs before and behind it. */
const bare = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/** Whether one of the thousand stands in it with nothing but a few digits and signs around. */
const holdsCommon = (text: string): boolean => {
  const before = /^[^\p{L}]*/u.exec(text)?.[0].length ?? 0
  const behind = /[^\p{L}]*$/u.exec(text)?.[0].length ?? 0
  for (let start = 0; start <= Math.min(before, mostAround); start += 1) {
    for (let cut = 0; cut <= Math.min(behind, mostAround - start); cut += 1) {
      if (thousandMostCommon.has(text.slice(start, text.length - cut))) return true
    }
  }
  return false
}

/** What somebody who guesses tries first. */
const isCommon = (text: string): boolean =>
  [text, withoutLeet(text), reversed(text)].some(
    (form) => commonPasswords.has(form) || commonPasswords.has(bare(form)) || holdsCommon(form),
  ) || commonPasswords.has(withoutLeet(bare(text)))

/** Of the signs after the first time, so many may be others in what still counts as repeated. */
const changedShare = 0.25

/**
 * What a text repeats from its beginning to its end, the last time perhaps in part, with what it changes about that; the whole
 * text where it repeats nothing.
 */
const repeatedUnit = (text: string): { readonly unit: string; readonly changes: string } => {
  const signs = [...text]
  for (let length = 1; length <= signs.length / 2; length += 1) {
    const changes = signs.filter((sign, index) => index >= length && sign !== signs[index - length])
    if (changes.length <= changedShare * (signs.length - length)) {
      return { unit: signs.slice(0, length).join(''), changes: changes.join('') }
    }
  }
  return { unit: text, changes: '' }
}

/** Digits that are too many to be dates, or the number of a phone or an account. */
const longNumber = 20

/** Whether it is a number, or several: dates, the number of a phone. */
const isNumber = (text: string): boolean => {
  const digits = text.replace(/\D/g, '').length
  return /^[\d\p{P}\p{S}]+$/u.test(text) && digits > text.length / 2 && digits < longNumber
}

/** German words where `ae` stands for `ä`. */
const withUmlauts = (text: string): string => text.replace(/ae/g, 'ä').replace(/oe/g, 'ö').replace(/ue/g, 'ü')

/**
 * Judges a new passphrase in the form that a key is derived from (Unicode NFKC), in lower case, and without blanks and signs
 * that show nothing. Accepted is what takes 10^8 guesses and more, each of which costs half a second (zxcvbn, USENIX 2016).
 * @param names of this person's accounts, hosts and computer, which an attacker may know
 */
export const judgePassphrase = (passphrase: string, names: readonly string[] = []): PassphraseVerdict => {
  const typed = passphrase.normalize('NFKC')
  const shown = typed.replace(/[\s\p{C}]/gu, '')
  const dense = shown.toLowerCase()
  const refuse = (refused: 'short' | 'common' | 'repeated' | 'weak') => ({ strength: 'very-weak', refused }) as const
  if ([...typed].length < shortestNewPassphrase || [...dense].length === 0) return refuse('short')
  const { unit, changes } = repeatedUnit(dense.slice(0, 4 * longest))
  if (isCommon(dense) || isCommon(unit)) return refuse('common')
  if (unit.length < dense.length && [...unit].length < shortestNewPassphrase) return refuse('repeated')
  if (isKeyboardWalk(shown) || isNumber(dense)) return refuse('weak')
  const words = [...ownWords(names)]
  const forms = new Set([typed, unit + changes, withUmlauts(unit + changes)])
  const score = Math.min(...[...forms].map((text) => estimator.check(text.slice(0, longest), words).score))
  return { strength: strengths[score] ?? 'very-weak', refused: score < 3 ? 'weak' : null }
}
