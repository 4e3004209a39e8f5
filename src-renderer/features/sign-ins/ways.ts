import type { SignInOptions, SignInWay } from '../../../src-preload/contract/entities/provider'

/** The ways in, in the order in which they are offered. */
export interface Ways {
  /** The one to take unless there is a reason not to; null when only a token is left. */
  readonly primary: SignInWay | null
  readonly others: readonly SignInWay[]
  /** Whether a token made by hand works. */
  readonly token: boolean
  /** What has to be set up before the browser or a code can be used at all. */
  readonly missing: 'client-id' | 'client-secret' | 'callback' | null
  /** The browser would do as well, had the OAuth app a client secret. */
  readonly lacksSecret: boolean
  /** The browser would do as well, were the OAuth app registered with the host's own callback. */
  readonly lacksCallback: boolean
}

/**
 * Sorts the ways: the browser first, a code first where that is recommended, and what lacks a set-up left out.
 */
export const sortWays = (options: SignInOptions | null): Ways => {
  if (options === null) {
    return { primary: null, others: [], token: false, missing: null, lacksSecret: false, lacksCallback: false }
  }
  const token = options.ways.some(({ way }) => way === 'token')
  const interactive = options.ways.filter(({ way }) => way === 'redirect' || way === 'device')
  const usable = interactive.filter(({ missing }) => missing === null).map(({ way }) => way)
  const preferDevice = options.notes.includes('device-recommended')
  const order: readonly SignInWay[] = preferDevice ? ['device', 'redirect'] : ['redirect', 'device']
  const [primary = null, ...others] = order.filter((way) => usable.includes(way))
  const missing = interactive.find((one) => one.missing !== null)?.missing ?? null
  return {
    primary,
    others,
    token,
    missing: primary === null ? missing : null,
    lacksSecret: primary !== null && missing === 'client-secret',
    lacksCallback: primary !== null && missing === 'callback',
  }
}
