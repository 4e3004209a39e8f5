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

/** Git over HTTPS may take a while between asking for a password and using it last: what its token has to live, in ms. */
export const gitLife = 5 * 60_000

/** Whether git can be given a credential as it is. */
export const lastsForGit = (credential: HttpCredential, now: number): boolean =>
  credential.kind !== 'oauth' || credential.expiresAt === null || credential.expiresAt - now > gitLife
