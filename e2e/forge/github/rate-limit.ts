import { HOUR } from '../clock'
import type { Credential } from '../credentials'
import type { ForgeState } from '../forge-state'
import type { Reply } from '../reply'
import { refusal } from './errors'

interface Window {
  used: number
  readonly resetAt: number
}

/** Windows by person (all of whose apps share one) and `anonymous`, of each running forge. */
const windows = new WeakMap<ForgeState, Map<string, Window>>()

/** Requests an hour without a token, from one address. */
const ANONYMOUS = 60

const windowOf = (forge: ForgeState, name: string): Window => {
  const all = windows.get(forge) ?? new Map<string, Window>()
  windows.set(forge, all)
  const known = all.get(name)
  if (known && known.resetAt > forge.clock.now()) return known
  const fresh = { used: 0, resetAt: forge.clock.now() + HOUR }
  all.set(name, fresh)
  return fresh
}

/** One request counted against the primary limit, which a 304 does not use up. */
export function countRequest(
  forge: ForgeState,
  credential: Credential | null,
): { readonly refusal: Reply | null; refund(): void; headers(): Record<string, string> } {
  if (forge.settings.rateLimit === null) return { refusal: null, refund: () => undefined, headers: () => ({}) }
  const limit = credential ? forge.settings.rateLimit : ANONYMOUS
  const window = windowOf(forge, credential ? String(credential.person.id) : 'anonymous')
  window.used += 1
  return {
    refusal:
      window.used > limit
        ? refusal(403, `API rate limit exceeded for ${credential ? `user ID ${credential.person.id}` : '127.0.0.1'}.`)
        : null,
    refund: () => {
      window.used -= 1
    },
    headers: () => ({
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - window.used)),
      'x-ratelimit-used': String(Math.min(window.used, limit)),
      'x-ratelimit-reset': String(Math.ceil(window.resetAt / 1000)),
      'x-ratelimit-resource': 'core',
    }),
  }
}
