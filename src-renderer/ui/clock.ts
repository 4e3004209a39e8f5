import { useSyncExternalStore } from 'react'

/** A clock that all who show it share: it ticks only while somebody looks, and catches up when somebody starts to. */
const createClock = (everyMs: number) => {
  const watchers = new Set<() => void>()
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | null = null
  const tick = () => {
    now = Date.now()
    for (const watcher of watchers) watcher()
  }
  const subscribe = (watcher: () => void) => {
    if (watchers.size === 0) {
      now = Date.now()
      timer = setInterval(tick, everyMs)
    }
    watchers.add(watcher)
    return () => {
      watchers.delete(watcher)
      if (watchers.size === 0 && timer !== null) clearInterval(timer)
    }
  }
  return { subscribe, read: () => now }
}

const slow = createClock(15_000)
const fast = createClock(500)

/**
 * Unix ms, renewed every 15 seconds: for times told in minutes.
 * The tick only wakes the component. The time itself is read afresh, or what was stamped between two ticks would lie in
 * the future.
 */
export const useNow = (): number => Math.max(useSyncExternalStore(slow.subscribe, slow.read), Date.now())

/** Unix ms, renewed twice a second: for a countdown in view. */
export const useTickingNow = (): number => useSyncExternalStore(fast.subscribe, fast.read)
