import { type ReturnRoad, returnRoads } from '../../src-preload/contract/entities/sign-in'
import type { Callbacks } from './callbacks'

/** The road to take and the others that would work, in order. */
export interface Ladder {
  readonly road: ReturnRoad
  readonly others: readonly ReturnRoad[]
}

/**
 * Chooses how the answer comes back: by the deep link if this install owns the scheme and the provider takes custom
 * schemes, else to a port on this computer, else pasted by hand. Pasting always works.
 * @param wished the road that a person asked for; ignored when it is not there
 */
export const chooseRoad = (callbacks: Callbacks, ownsScheme: boolean, wished?: ReturnRoad): Ladder => {
  const there: Readonly<Record<ReturnRoad, boolean>> = {
    'deep-link': callbacks.deepLink !== null && ownsScheme,
    loopback: callbacks.loopbackPath !== null,
    paste: true,
  }
  const roads = returnRoads.filter((road) => there[road])
  const road = roads.find((one) => one === wished) ?? roads[0] ?? 'paste'
  return { road, others: roads.filter((one) => one !== road) }
}
