import { setMaxListeners } from 'node:events'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Clock } from '../../clock'
import { createPilot, type Pilot } from '../../deploy/pilot'
import { orCancelled } from '../../ssh/or-cancelled'
import { openSession } from '../../ssh/session'
import { type ChannelLimit, createSessionPool, type SessionPool } from '../../ssh/session-pool'
import type { HostLook } from '../host-keys/look-at-host'
import type { KeyStore } from '../ssh-keys/key-store'
import { nameKey } from '../ssh-keys/name-key'
import { type LoginPlace, placeName } from './login-place'

/** An unused connection is kept this long: a person who looks at a server looks again. */
const idleMs = 60_000
/** Channels that one connection carries at once until the server refuses one; sshd allows ten (sshd_config(5), MaxSessions). */
const usualChannels = 8

/** Logins on servers, shared by everything that has something to do there at the time. */
export interface Connections {
  /**
   * Does something on a server. A connection that turns out to be dead is made anew once, so what is done has to bear
   * being done twice. @throws Failure as in `ssh/session.ts`, or what `act` throws
   */
  run<T>(place: LoginPlace, act: (pilot: Pilot) => Promise<T>, signal?: AbortSignal): Promise<T>
  /** The same for what goes on for long, on connections of its own; it is not tried again. */
  stream<T>(place: LoginPlace, act: (pilot: Pilot) => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Ends what is open to a place. */
  drop(place: LoginPlace): void
  /** Cancels all that runs and leaves the servers, at once: one of them may not answer any more. */
  stop(): void
}

export interface ConnectionParts {
  readonly hosts: Pick<HostLook, 'trust'>
  readonly keys: Pick<KeyStore, 'get' | 'login' | 'used'>
  readonly clock: Pick<Clock, 'after'>
}

/** Calls share one connection; what goes on for long opens another where a server lets it carry no more. */
const kinds = {
  calls: { most: 1, again: true },
  streams: { most: Number.POSITIVE_INFINITY, again: false },
} as const
type Kind = keyof typeof kinds

export const createConnections = ({ hosts, keys, clock }: ConnectionParts): Connections => {
  const pools = new Map<string, SessionPool>()
  const limits = new Map<string, ChannelLimit>()
  const stopped = new AbortController()
  // Everything that runs at the time listens to it.
  setMaxListeners(0, stopped.signal)

  const connect = async (place: LoginPlace) => {
    const { signal } = stopped
    const trust = await hosts.trust(place.host, place.port, signal)
    const session = await openSession(place, await keys.login(place.keyId), trust, { signal }).catch(
      (error: unknown) => {
        throw error instanceof Failure ? nameKey(error, keys.get(place.keyId)) : error
      },
    )
    await keys.used(place.keyId)
    return session
  }
  const limitOf = (place: LoginPlace): ChannelLimit => {
    const name = placeName(place)
    const limit = limits.get(name) ?? { channels: usualChannels }
    limits.set(name, limit)
    return limit
  }
  const poolOf = (place: LoginPlace, kind: Kind): SessionPool => {
    const name = `${kind} ${placeName(place)}`
    const known = pools.get(name)
    if (known !== undefined) return known
    const { host } = place
    const connected = () => connect(place)
    const pool = createSessionPool({ connect: connected, host, limit: limitOf(place), idleMs, clock, ...kinds[kind] })
    pools.set(name, pool)
    return pool
  }
  const run = async <T>(
    place: LoginPlace,
    kind: Kind,
    act: (pilot: Pilot) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    if (stopped.signal.aborted) throw new Failure('cancelled')
    const pool = poolOf(place, kind)
    const work = async () => {
      await pool.ready(signal)
      return act(createPilot(pool, place.host))
    }
    return orCancelled(work(), stopped.signal)
  }

  return {
    run: (place, act, signal) => run(place, 'calls', act, signal),
    stream: (place, act, signal) => run(place, 'streams', act, signal),
    drop: (place) => {
      for (const kind of Object.keys(kinds)) {
        const name = `${kind} ${placeName(place)}`
        pools.get(name)?.close()
        pools.delete(name)
      }
      limits.delete(placeName(place))
    },
    stop: () => {
      stopped.abort()
      for (const pool of pools.values()) pool.destroy()
    },
  }
}
