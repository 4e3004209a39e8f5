import type { HttpCredential } from '../../credentials/credential'

/** When to renew by ourselves: at about 80 % of the access token's life, spread by a tenth. Null when that can't be done. */
export const renewalTime = (
  credential: HttpCredential,
  now: number,
  random: () => number = Math.random,
): number | null => {
  if (credential.kind !== 'oauth' || credential.refreshToken === null || credential.expiresAt === null) return null
  const life = Math.max(0, credential.expiresAt - now)
  return Math.round(now + life * (0.75 + 0.1 * random()))
}

/** When only a person can renew it: the end of the refresh token, or of an access token that has none. */
export const endTime = (credential: HttpCredential): number | null => {
  if (credential.kind !== 'oauth') return null
  return credential.refreshToken === null ? credential.expiresAt : credential.refreshExpiresAt
}
