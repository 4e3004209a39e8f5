import { randomBytes, randomUUID } from 'node:crypto'
import type { Credential, OAuthApp } from '../credentials'
import type { Person } from '../entities'
import type { ForgeState } from '../forge-state'
import { normalizedScopes, OFFLINE_ACCESS } from './scopes'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const letters = (count: number): string =>
  [...randomBytes(count)].map((byte) => LETTERS[byte % LETTERS.length]).join('')

/** A token in GitHub's form: its kind, and letters and digits. */
export const tokenValue = (prefix: 'gho' | 'ghu' | 'ghr' | 'ghp' | 'github_pat'): string =>
  prefix === 'github_pat'
    ? `github_pat_${letters(22)}_${letters(59)}`
    : `${prefix}_${letters(prefix === 'ghr' ? 76 : 36)}`

/** Seconds that an expiring access token and its refresh token live. */
const ACCESS_LIFETIME = 28_800
const REFRESH_LIFETIME = 15_897_600
/** Live tokens for one person, app and set of scopes; one more ends the oldest. */
const TOKEN_LIMIT = 10

/** What the token endpoint answers. */
export interface Issued {
  readonly access_token: string
  readonly token_type: 'bearer'
  readonly scope: string
  readonly expires_in?: number
  readonly refresh_token?: string
  readonly refresh_token_expires_in?: number
}

interface Sitting {
  readonly app: OAuthApp
  readonly person: Person
  readonly scopes: readonly string[]
  readonly sso: ReadonlySet<number>
  readonly via: 'redirect' | 'device'
  readonly family?: string
}

/** Ends all tokens of one sign-in. */
export function endFamily(forge: ForgeState, family: string, state: 'revoked' | 'rotated'): void {
  for (const credential of forge.credentials.all()) {
    if (credential.family === family) forge.credentials.end(credential, state)
  }
}

const evict = (forge: ForgeState, issued: Credential): void => {
  const alike = forge.credentials
    .of(issued.person)
    .filter(
      (one) =>
        one.kind === 'access' &&
        one.app === issued.app &&
        one.scopes.join() === issued.scopes.join() &&
        forge.credentials.usable(one),
    )
  for (const old of alike.slice(0, Math.max(0, alike.length - TOKEN_LIMIT))) endFamily(forge, old.family, 'revoked')
}

/** Gives out a token, with a refresh token where the app's tokens run out. */
export function issueTokens(forge: ForgeState, sitting: Sitting): Issued {
  const { app } = sitting
  const appToken = app.kind === 'github-app'
  const expiring =
    app.expiringTokens || (!appToken && forge.settings.offlineAccess && sitting.scopes.includes(OFFLINE_ACCESS))
  const lifetime = forge.settings.tokenLifetime ?? ACCESS_LIFETIME
  const now = forge.clock.now()
  const shared = {
    app,
    person: sitting.person,
    via: sitting.via,
    family: sitting.family ?? randomUUID(),
    scopes: appToken ? [] : normalizedScopes(sitting.scopes),
    permissions: appToken ? app.permissions : null,
    sso: new Set(sitting.sso),
  }
  const access = forge.credentials.give({
    ...shared,
    kind: 'access',
    value: tokenValue(appToken ? 'ghu' : 'gho'),
    expiresAt: expiring ? now + lifetime * 1000 : null,
  })
  evict(forge, access)
  const answer: Issued = { access_token: access.value, token_type: 'bearer', scope: shared.scopes.join(',') }
  if (!expiring) return answer
  const refresh = forge.credentials.give({
    ...shared,
    scopes: appToken ? [] : [...shared.scopes, OFFLINE_ACCESS],
    kind: 'refresh',
    value: tokenValue('ghr'),
    expiresAt: now + REFRESH_LIFETIME * 1000,
  })
  return {
    ...answer,
    expires_in: lifetime,
    refresh_token: refresh.value,
    refresh_token_expires_in: REFRESH_LIFETIME,
  }
}

/** Trades a refresh token for a new pair: it works once, and the old access token dies with it. */
export function refreshTokens(forge: ForgeState, refresh: Credential): Issued | null {
  if (!refresh.app || refresh.kind !== 'refresh' || !forge.credentials.usable(refresh)) return null
  endFamily(forge, refresh.family, 'rotated')
  return issueTokens(forge, {
    app: refresh.app,
    person: refresh.person,
    scopes: refresh.scopes,
    sso: refresh.sso,
    via: refresh.via === 'device' ? 'device' : 'redirect',
    family: refresh.family,
  })
}
