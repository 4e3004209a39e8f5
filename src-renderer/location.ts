import { createStore, useStore } from 'zustand'
import { home, lastPath } from './last-path'

/** A place in the window: a path, its query, and a part of the page to bring into view. */
export interface Place {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly anchor: string | null
  /** Tells visits apart, so that each keeps its own scroll position. */
  readonly visit: number
}

interface LocationState {
  /** Where the person has been, oldest first, at most 50. */
  readonly entries: readonly Place[]
  readonly index: number
}

const base = 'app://window'
let visits = 0

/** Reads `/repositories?account=1#top`. Anything that is not a path inside the window becomes home. */
export const parsePlace = (to: string): Place => {
  const visit = ++visits
  const start: Place = { path: home, query: {}, anchor: null, visit }
  if (!to.startsWith('/') || to.startsWith('//')) return start
  try {
    const url = new URL(to, base)
    const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : home
    return { path, query: Object.fromEntries(url.searchParams), anchor: url.hash.slice(1) || null, visit }
  } catch {
    return start
  }
}

const depth = 50

/** The window's own history. It lives in memory: the page's address never changes. */
export const createLocation = (start: string = home) => {
  const store = createStore<LocationState>(() => ({ entries: [parsePlace(start)], index: 0 }))
  const current = () => {
    const { entries, index } = store.getState()
    return entries[index] ?? parsePlace(home)
  }
  return {
    store,
    current,
    /**
     * Goes somewhere. Going to where one is already adds nothing to the history; with a query it is a new visit, because a
     * query asks for something to be done.
     */
    navigate: (to: string) => {
      const place = parsePlace(to)
      const { entries, index } = store.getState()
      const same = JSON.stringify({ ...current(), visit: 0 }) === JSON.stringify({ ...place, visit: 0 })
      if (same && Object.keys(place.query).length === 0) return
      const kept = [...entries.slice(0, same ? index : index + 1), place].slice(-depth)
      store.setState({ entries: kept, index: kept.length - 1 })
    },
    /** Goes somewhere in place of where one is, so that "back" skips it. */
    replace: (to: string) => {
      const { entries, index } = store.getState()
      const place = parsePlace(to)
      store.setState({ entries: entries.map((entry, at) => (at === index ? place : entry)) })
    },
    back: () => store.setState(({ index }) => ({ index: Math.max(0, index - 1) })),
    forward: () => store.setState(({ index, entries }) => ({ index: Math.min(entries.length - 1, index + 1) })),
  }
}

/** The one history of this window. It begins where the window was left. */
export const location = createLocation(lastPath.read())
export const { navigate, replace, back, forward } = location

/** The current place and those before it, newest last. */
export const usePlaces = (): readonly Place[] => {
  const { entries, index } = useStore(location.store)
  return entries.slice(0, index + 1)
}
