import { type ReturnRoad, returnRoads } from '../../src-preload/contract/entities/sign-in'
import { callbackAddress } from '../deep-link/address'
import type { SignInOffer } from '../providers/provider'

type Redirect = NonNullable<SignInOffer['redirect']>

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
export const chooseRoad = (redirect: Redirect, ownsScheme: boolean, wished?: ReturnRoad): Ladder => {
  const there: Readonly<Record<ReturnRoad, boolean>> = {
    'deep-link': redirect.deepLink && ownsScheme,
    loopback: redirect.loopback !== null,
    paste: true,
  }
  const roads = returnRoads.filter((road) => there[road])
  const road = roads.find((one) => one === wished) ?? roads[0] ?? 'paste'
  return { road, others: roads.filter((one) => one !== road) }
}

/** The path of the loopback callback: one for each provider, so that none can pass another's answer off as its own (RFC 9700 section 4.4.2.2). */
export const loopbackPath = (provider: string): string => `/oauth/callback/${provider}`

/** The callback addresses to register at a provider, in the order in which they are tried. */
export const callbacksToRegister = (provider: string, redirect: Redirect): readonly string[] => {
  const { deepLink, loopback, loopbackHost } = redirect
  const port = typeof loopback === 'number' ? `:${loopback}` : ''
  return [
    ...(deepLink ? [callbackAddress] : []),
    ...(loopback === null ? [] : [`http://${loopbackHost}${port}${loopbackPath(provider)}`]),
  ]
}
