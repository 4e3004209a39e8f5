import { MessageChannel } from 'node:worker_threads'

/**
 * Runs something in a turn of Node's own event loop. Electron waits for that loop in a thread of its own, which does not
 * learn of timers and immediates that are set while Chromium's loop calls us, as for an event of `app`: they would sleep
 * until something else happens. A message between ports always wakes that thread, and needs no thread of the pool.
 */
export const inNodeTurn = (act: () => void): void => {
  const { port1, port2 } = new MessageChannel()
  port1.once('message', () => {
    port1.close()
    act()
  })
  port2.postMessage(null)
}
