import { Failure } from '../../src-preload/contract/outcome'
import { createRecentUses } from './recent-uses'

/** Texts that a page copies in a minute at most. */
const mostCopies = 30

/**
 * Lets the page write to the clipboard only while a person works in its window, and no more than they do: one that writes
 * again and again, or behind another program, would put its own text in the place of what they have just copied there.
 * @param inFront whether the window has the keyboard. @param now Unix ms
 */
export const createPageClipboard = (inFront: () => boolean, now: () => number) => {
  const mayCopy = createRecentUses(mostCopies, now)
  /** @throws Failure `consent-withheld` */
  return <T>(copy: (text: string) => Promise<T>) =>
    async (text: string): Promise<T> => {
      if (!inFront()) throw new Failure('consent-withheld', { why: 'behind' })
      if (!mayCopy()) throw new Failure('consent-withheld', { why: 'copies' })
      return copy(text)
    }
}
