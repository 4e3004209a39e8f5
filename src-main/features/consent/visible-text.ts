import type { Fact, Line, Question } from '../../../src-preload/consent-question'

/**
 * What nobody sees or what looks like something else: controls, direction and zero-width marks, spaces of other widths, and
 * the signs that are drawn as nothing though they count as symbols (a pattern of Braille without dots, and the like).
 */
const unseen = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{1d159}\u{13441}-\u{13443}]/gu
/** So much space pushes what follows out of sight. */
const gap = /[ \t]{16,}/g

/** So many marks on one letter are drawn over the lines around it. No language needs them. */
const stacked = /\p{M}{5,}/gu

const named = (character: string): string =>
  character === ' ' || character === '\t'
    ? character
    : `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`

/**
 * One line in which everything can be seen: what is invisible stands there by its code point, and a long gap by its
 * length, so that what is shown is what is done.
 */
export const visibleLine = (text: string): string =>
  text
    .replace(unseen, named)
    .replace(stacked, (marks) => [...marks].map(named).join(''))
    .replace(gap, ({ length }) => ` ⟨${length} × ␠⟩ `)

const visibleFact = (fact: Fact): Fact => {
  const label = visibleLine(fact.label)
  switch (fact.kind) {
    case 'lines':
      return { ...fact, label, lines: fact.lines.map((line): Line => ({ ...line, text: visibleLine(line.text) })) }
    case 'change':
      return { ...fact, label, before: visibleLine(fact.before), after: visibleLine(fact.after) }
    default:
      return { ...fact, label, value: visibleLine(fact.value) }
  }
}

/** A question with nothing hidden in it, wherever its texts come from. */
export const visibleQuestion = <Q extends Question>(question: Q): Q => ({
  ...question,
  title: visibleLine(question.title),
  text: visibleLine(question.text),
  note: visibleLine(question.note),
  facts: question.facts.map(visibleFact),
})
