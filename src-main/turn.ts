/** Who waits, first come first served. */
const waiting: (() => void)[] = []

const next = (): void => {
  waiting.shift()?.()
  // What is asked for during a round runs in the one after it.
  if (waiting.length > 0) setImmediate(next)
}

/**
 * Waits for a round of the event loop of one's own. Pieces of work that have become ready at the same moment, such as eight
 * pages of a list, are done one a round, so that timers, windows and the network have theirs between two of them.
 */
export const ownTurn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(next)
  })
