import { toast } from '../ui/toast'
import { readFacts } from './facts'
import { wordsFor } from './failure-words'
import { toFailure } from './to-failure'

/** Tells of a failure that has no place on the screen, in the corner. For the end of a promise nobody waits for. */
export const reportFailure = (error: unknown): void => {
  const failure = toFailure(error)
  if (failure.code === 'cancelled') return
  const { title, cause, fix } = wordsFor(failure.code, readFacts(failure.facts, Date.now()))
  toast({ tone: 'bad', title, text: [cause, fix].filter((sentence) => sentence !== '').join(' ') })
}
