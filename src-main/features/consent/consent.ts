import type { EntryVerdict, Question, ShownQuestion, ShowQuestion } from '../../../src-preload/consent-question'
import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'
import { createRefusals } from '../../refusals'
import { visibleQuestion } from './visible-text'

/** Refusals in a minute after which no question is shown for a while. */
const mostRefusals = 3

/**
 * Asks the person. Resolves when they agree, to what they typed where the question has an entry.
 * @throws Failure `cancelled` when they refuse; `consent-withheld` when they can't be asked now
 */
export type AskConsent = (question: Question) => Promise<Secret | null>

/** What asking needs. */
export interface ConsentParts {
  readonly show: ShowQuestion
  /** Of the dialog, with the words of its own. */
  readonly speech: () => Pick<ShownQuestion, 'language' | 'cancel' | 'unread' | 'reveal'>
  /** What is to be thought of a new secret. */
  readonly judge: (typed: Secret) => Promise<EntryVerdict>
  /** Unix ms. */
  readonly now: () => number
}

/**
 * One question at a time, and none for a while after several refusals: a page that asks again and again must not wear
 * anybody down, and a question that comes up in the place of another could be answered by mistake.
 */
export const createConsent = ({ show, speech, judge, now }: ConsentParts): AskConsent => {
  let open = false
  const refusals = createRefusals(mostRefusals, now)

  return async (question) => {
    if (open) throw new Failure('consent-withheld', { why: 'open' })
    if (refusals.tooMany()) throw new Failure('consent-withheld', { why: 'refused' })
    open = true
    try {
      const shown = visibleQuestion({ ...question, ...speech() })
      const agreed = await show(shown, (typed) => judge(new Secret(typed)))
      if (agreed !== null) {
        refusals.clear()
        return question.entry === undefined ? null : new Secret(agreed.entered)
      }
    } finally {
      open = false
    }
    refusals.add()
    throw new Failure('cancelled')
  }
}
