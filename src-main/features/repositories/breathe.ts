import { ownTurn } from '../../turn'

/** Longest piece of work between two breaths, in ms. */
const piece = 8

/**
 * Lets other work have the thread when the present piece has lasted for a while. `await` it between small steps of a
 * long job.
 */
export const createBreather = (): (() => Promise<void>) => {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < piece) return
    await ownTurn()
    since = performance.now()
  }
}
