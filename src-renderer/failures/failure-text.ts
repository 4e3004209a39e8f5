import type { FailureData } from '../../src-preload/contract/outcome'
import { readFacts } from './facts'
import { wordsFor } from './failure-words'

/** A failure in one line, for rows: what happened and why. */
export const failureLine = (failure: FailureData, facts: Readonly<Record<string, string>> = {}): string => {
  const { title, cause } = wordsFor(failure.code, readFacts({ ...facts, ...failure.facts }, Date.now()))
  return cause === '' ? title : `${title} ${cause}`
}

/** Only what happened, where why and what to do stand beside it. */
export const failureTitle = (failure: FailureData): string =>
  wordsFor(failure.code, readFacts(failure.facts, Date.now())).title
