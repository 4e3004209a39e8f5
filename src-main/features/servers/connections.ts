import { Failure } from '../../../src-preload/contract/outcome'
import type { Clock } from '../../clock'
import { createPilot, type Pilot } from '../../deploy/pilot'
import { orCancelled } from '../../ssh/or-cancelled'
import { openSession, type SshTrust } from '../../ssh/session'
import type { HostKeyBook } from '../host-keys/host-key-book'
import type { KeyStore } from '../ssh-keys/key-store'
import { type LoginPlace, placeName } from './login-place'

/** An unused connection is kept this long, in ms: a person who looks at a server looks again. */
const idle = 60_000
/** Channels that one connection carries at once; sshd allows ten (sshd_config(5), MaxSessions). */
const channels = 8

/** Logins on servers, shared by everything that has something to do there at the time. */
export interface Connections {
  /**
   * Does something on a server. A connection that turns out to be dead is made anew once, so what is done has to bear
   * being done twice. @throws Failure as in `ssh/session.ts`, or what `act` throws
   */
  run<T>(place: LoginPlace, act: (pilot: Pilot) => Promise<T>, signal?: AbortSignal): Promise<T>
  /** The same for what goes on for long, on a connection of its own; it is not tried again. */
  stream<T>(place: LoginPlace, act: (pilot: Pilot) => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Ends what is open to a place. */
  drop(place: LoginPlace): void
  /** Cancels all that runs and leaves the servers, at once: one of them may not answer any more. */
  stop(): void
}

export interface ConnectionParts {
  readonly book: Pick<HostKeyBook, 'judge' | 'linesFor'>
  readonly keys: Pick<KeyStore, 'login' | 'used'>
  readonly clock: Pick<Clock, 'after'>
}

interface Line {
  readonly pilot: Promise<Pilot>
  /** What runs on it. */
  users: number
  /** Whether anything ever succeeded on it. */
  proved: boolean
  rest: (() => void) | null
}

export const createConnections = ({ book, keys, clock }: ConnectionParts): Connections => {
  const lines = new Map<string, Line>()
  const stopped = new AbortController()
  let waiting: readonly (() => void)[] = []

  const trust = ({ host, port }: LoginPlace): SshTrust => ({
    known: book.linesFor(host, port),
    judge: (shown) => book.judge(host, port, shown),
  })
  const open = async (place: LoginPlace): Promise<Pilot> => {
    const session = await openSession(place, await keys.login(place.keyId), trust(place), { signal: stopped.signal })
    await keys.used(place.keyId)
    return createPilot(session, place.host)
  }

  const end = (name: string, line: Line) => {
    if (lines.get(name) === line) lines.delete(name)
    line.rest?.()
    void line.pilot.then(
      ({ session }) => session.close(),
      () => undefined,
    )
  }
  const take = async (place: LoginPlace, kind: string): Promise<{ readonly line: Line; readonly name: string }> => {
    const name = `${kind} ${placeName(place)}`
    for (;;) {
      const known = lines.get(name)
      if (known === undefined || known.users < channels) break
      await new Promise<void>((resolve) => {
        waiting = [...waiting, resolve]
      })
    }
    const known = lines.get(name)
    if (known !== undefined) {
      known.rest?.()
      known.rest = null
      known.users += 1
      return { line: known, name }
    }
    const line: Line = { pilot: open(place), users: 1, proved: false, rest: null }
    lines.set(name, line)
    line.pilot.then(
      ({ session }) => void session.ended.then(() => end(name, line)),
      () => end(name, line),
    )
    return { line, name }
  }
  const give = (name: string, line: Line) => {
    line.users -= 1
    if (line.users === 0) line.rest = clock.after(idle, () => end(name, line))
    const [next, ...others] = waiting
    waiting = others
    next?.()
  }

  const once = async <T>(
    place: LoginPlace,
    kind: string,
    act: (pilot: Pilot) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly value: T } | { readonly stale: unknown }> => {
    const { line, name } = await orCancelled(take(place, kind), stopped.signal)
    const before = line.proved
    const work = async () => act(await (signal === undefined ? line.pilot : orCancelled(line.pilot, signal)))
    try {
      const value = await orCancelled(work(), stopped.signal)
      line.proved = true
      return { value }
    } catch (error) {
      if (error instanceof Failure && error.code === 'connection-closed') {
        end(name, line)
        if (before && signal?.aborted !== true) return { stale: error }
      }
      throw error
    } finally {
      give(name, line)
    }
  }
  const run = async <T>(
    place: LoginPlace,
    kind: string,
    again: boolean,
    act: (pilot: Pilot) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    const first = await once(place, kind, act, signal)
    if ('value' in first) return first.value
    if (!again) throw first.stale
    const second = await once(place, kind, act, signal)
    if ('value' in second) return second.value
    throw second.stale
  }

  return {
    run: (place, act, signal) => run(place, 'calls', true, act, signal),
    stream: (place, act, signal) => run(place, 'streams', false, act, signal),
    drop: (place) => {
      for (const kind of ['calls', 'streams']) {
        const name = `${kind} ${placeName(place)}`
        const line = lines.get(name)
        if (line !== undefined) end(name, line)
      }
    },
    stop: () => {
      stopped.abort()
      for (const line of lines.values()) {
        line.rest?.()
        void line.pilot.then(
          ({ session }) => session.destroy(),
          () => undefined,
        )
      }
    },
  }
}
