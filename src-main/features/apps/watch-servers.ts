import { type Clock, pause } from '../../clock'
import { backoff } from '../accounts/backoff'
import type { ServerAccess } from '../servers/create-servers'

/** A listener on each server with apps: one line comes for every deploy that begins or ends there, also by a push. */
export interface ServerWatch {
  /** Listens to these servers and to no others. */
  follow(serverIds: readonly string[]): void
  stop(): Promise<void>
}

export interface WatchParts {
  readonly servers: Pick<ServerAccess, 'stream'>
  readonly clock: Clock
  /** Something happened, or may have happened while nobody listened. Never rejects. */
  readonly news: (serverId: string) => Promise<void>
}

export const createServerWatch = ({ servers, clock, news }: WatchParts): ServerWatch => {
  const listening = new Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>()

  const listen = async (serverId: string, signal: AbortSignal): Promise<void> => {
    for (let tries = 0; !signal.aborted; tries += 1) {
      // What happened before the line is open is asked for once it is.
      const opened = news(serverId)
      await servers
        .stream(serverId, (pilot) =>
          pilot.stream(
            'journal',
            [],
            () => {
              tries = 0
              void news(serverId)
            },
            { signal },
          ),
        )
        .catch(() => undefined)
      await opened
      if (signal.aborted) return
      await pause(clock, backoff(tries), signal)
    }
  }
  const end = async (serverId: string) => {
    const known = listening.get(serverId)
    listening.delete(serverId)
    known?.stop.abort()
    await known?.done
  }

  return {
    follow: (serverIds) => {
      for (const known of listening.keys()) if (!serverIds.includes(known)) void end(known)
      for (const serverId of new Set(serverIds)) {
        if (listening.has(serverId)) continue
        const stop = new AbortController()
        listening.set(serverId, { stop, done: listen(serverId, stop.signal) })
      }
    },
    stop: async () => {
      await Promise.all([...listening.keys()].map(end))
    },
  }
}
