import type { Question, ShowQuestion } from '../../../src-preload/consent-question'
import type { Language } from '../../../src-preload/contract/language'
import { Failure } from '../../../src-preload/contract/outcome'
import { createRefusals } from '../../refusals'
import { visibleQuestion } from './visible-text'

/** Refusals in a minute after which no question is shown for a while. */
const mostRefusals = 3

/**
 * Asks the person. Resolves when they agree.
 * @throws Failure `cancelled` when they refuse; `consent-withheld` when they can't be asked now
 */
export type AskConsent = (question: Question) => Promise<void>

/** What asking needs. */
export interface ConsentParts {
  readonly show: ShowQuestion
  /** Of the dialog, with the words of its own. */
  readonly speech: () => { readonly language: Language; readonly cancel: string; readonly unread: string }
  /** Unix ms. */
  readonly now: () => number
}

/**
 * One question at a time, and none for a while after several refusals: a page that asks again and again must not wear
 * anybody down, and a question that comes up in the place of another could be answered by mistake.
 */
export const createConsent = ({ show, speech, now }: ConsentParts): AskConsent => {
  let open = false
  const refusals = createRefusals(mostRefusals, now)

  return async (question) => {
    if (open) throw new Failure('consent-withheld', { why: 'open' })
    if (refusals.tooMany()) throw new Failure('consent-withheld', { why: 'refused' })
    open = true
    try {
      if (await show(visibleQuestion({ ...question, ...speech() }))) {
        refusals.clear()
        return
      }
    } finally {
      open = false
    }
    refusals.add()
    throw new Failure('cancelled')
  }
}
