import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock'

/** How long a link may take through the system, in ms. */
const limit = 5000

/** Sends a link through the system and waits for it to come back to this very copy. */
export interface DeepLinkSelfTest {
  /** Milliseconds until it came back, or null when it did not within 5 s. */
  run(): Promise<number | null>
  /** A self-test link has arrived. Those of another test, or of another copy, count for nothing. */
  arrived(nonce: string): void
}

/** @param open hands an address of our scheme to the system. */
export const createDeepLinkSelfTest = (open: (nonce: string) => Promise<void>, clock: Clock): DeepLinkSelfTest => {
  let waiting: { readonly nonce: string; readonly done: (came: boolean) => void } | null = null
  return {
    run: async () => {
      const nonce = randomUUID()
      const from = clock.now()
      waiting?.done(false)
      const came = new Promise<boolean>((resolve) => {
        const stop = clock.after(limit, () => resolve(false))
        waiting = {
          nonce,
          done: (result) => {
            stop()
            resolve(result)
          },
        }
      })
      await open(nonce).catch(() => waiting?.done(false))
      return (await came) ? clock.now() - from : null
    },
    arrived: (nonce) => {
      if (waiting?.nonce === nonce) waiting.done(true)
    },
  }
}
