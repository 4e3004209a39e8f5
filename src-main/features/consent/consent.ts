import type { EntryVerdict, Question, ShownQuestion, ShowQuestion } from '../../../src-preload/consent-question'
import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'
import { createRecentCount } from '../../recent-count'
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
 * Asks nothing for a while after several refusals: a page that asks again and again must not wear anybody down. That there is
 * one question at a time is up to `show`.
 */
export const createConsent = ({ show, speech, judge, now }: ConsentParts): AskConsent => {
  const refusals = createRecentCount(now)

  return async (question) => {
    if (refusals.count() >= mostRefusals) throw new Failure('consent-withheld', { why: 'refused' })
    const shown = visibleQuestion({ ...question, ...speech() })
    const agreed = await show(shown, (typed) => judge(new Secret(typed)))
    if (agreed === null) {
      refusals.add()
      throw new Failure('cancelled')
    }
    refusals.clear()
    return question.entry === undefined ? null : new Secret(agreed.entered)
  }
}
