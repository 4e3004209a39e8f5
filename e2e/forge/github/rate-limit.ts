import { HOUR } from '../clock'
import type { Credential } from '../credentials'
import type { ForgeState } from '../forge-state'
import { rateWindow } from '../rate-window'
import type { Reply } from '../reply'
import { refusal } from './errors'

/** Requests an hour without a token, from one address. */
const ANONYMOUS = 60

/** One request counted against the primary limit, which a 304 does not use up. */
export function countRequest(
  forge: ForgeState,
  credential: Credential | null,
): { readonly refusal: Reply | null; refund(): void; headers(): Record<string, string> } {
  if (forge.settings.rateLimit === null) return { refusal: null, refund: () => undefined, headers: () => ({}) }
  const limit = credential ? forge.settings.rateLimit : ANONYMOUS
  const window = rateWindow(forge, credential ? String(credential.person.id) : 'anonymous', HOUR)
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
