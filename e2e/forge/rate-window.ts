import type { ForgeState } from './forge-state'

/** Requests of one asker within a span of time. */
export interface RateWindow {
  used: number
  /** Milliseconds; a new window begins then. */
  readonly resetAt: number
}

const windows = new WeakMap<ForgeState, Map<string, RateWindow>>()

/** The window of that name that is open now, `span` milliseconds long. */
export function rateWindow(forge: ForgeState, name: string, span: number): RateWindow {
  const all = windows.get(forge) ?? new Map<string, RateWindow>()
  windows.set(forge, all)
  const known = all.get(name)
  if (known && known.resetAt > forge.clock.now()) return known
  const fresh = { used: 0, resetAt: forge.clock.now() + span }
  all.set(name, fresh)
  return fresh
}
