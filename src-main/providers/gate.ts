import { Failure } from '../../src-preload/contract/outcome'

/** Lets so many tasks run at once: `plain` ones, and together with them `cheap` ones up to `all`. */
export interface GateLimits {
  readonly plain: number
  readonly all: number
}

/** Runs a task as soon as there is room, first come first served. A task that is aborted while it waits never starts. */
export type Gate = <T>(cheap: boolean, signal: AbortSignal | undefined, task: () => Promise<T>) => Promise<T>

interface Waiting {
  readonly cheap: boolean
  readonly start: () => void
}

/** Limits the requests of one account, so that no provider takes it for an attack. */
export const createGate = ({ plain, all }: GateLimits): Gate => {
  const running = { plain: 0, all: 0 }
  const queue: Waiting[] = []

  const hasRoom = (cheap: boolean) => running.all < all && (cheap || running.plain < plain)
  const count = (cheap: boolean, by: 1 | -1) => {
    running.all += by
    if (!cheap) running.plain += by
  }
  const admit = () => {
    const index = queue.findIndex(({ cheap }) => hasRoom(cheap))
    if (index < 0) return
    queue.splice(index, 1)[0]?.start()
  }

  const enter = (cheap: boolean, signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Failure('cancelled'))
      const leave = () => {
        const index = queue.indexOf(waiting)
        if (index >= 0) queue.splice(index, 1)
        reject(new Failure('cancelled'))
      }
      const waiting: Waiting = {
        cheap,
        start: () => {
          signal?.removeEventListener('abort', leave)
          count(cheap, 1)
          resolve()
        },
      }
      if (hasRoom(cheap)) return waiting.start()
      signal?.addEventListener('abort', leave, { once: true })
      queue.push(waiting)
    })

  return async (cheap, signal, task) => {
    await enter(cheap, signal)
    try {
      return await task()
    } finally {
      count(cheap, -1)
      admit()
    }
  }
}
