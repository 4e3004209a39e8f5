import { Failure } from '../../src-preload/contract/outcome'
import { createRecentCount } from '../recent-count'

/** Texts that a page copies in a minute at most. */
const mostCopies = 30

/**
 * Lets the page write to the clipboard only while a person works in its window, and no more than they do: one that writes
 * again and again, or behind another program, would put its own text in the place of what they have just copied there.
 * @param inFront whether the window has the keyboard. @param now Unix ms
 */
export const createPageClipboard = (inFront: () => boolean, now: () => number) => {
  const copied = createRecentCount(now)
  /** @throws Failure `consent-withheld` */
  return <T>(copy: (text: string) => Promise<T>) =>
    async (text: string): Promise<T> => {
      if (!inFront()) throw new Failure('consent-withheld', { why: 'behind' })
      if (copied.count() >= mostCopies) throw new Failure('consent-withheld', { why: 'copies' })
      copied.add()
      return copy(text)
    }
}
