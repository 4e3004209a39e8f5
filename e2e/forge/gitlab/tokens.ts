import { randomBytes, randomUUID } from 'node:crypto'
import type { Credential, OAuthApp } from '../credentials'
import type { Person } from '../entities'
import type { ForgeState } from '../forge-state'

/** Seconds; not configurable on GitLab. */
const LIFETIME = 7200

/** What the token endpoint answers. */
export interface Issued {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly refresh_token: string
  readonly scope: string
  readonly created_at: number
}

interface Sitting {
  readonly app: OAuthApp
  readonly person: Person
  readonly scopes: readonly string[]
  readonly via: 'redirect' | 'device'
  readonly family?: string
}

/** Ends all tokens of one sign-in. */
export function endFamily(forge: ForgeState, family: string, state: 'revoked' | 'rotated'): void {
  for (const credential of forge.credentials.all()) {
    if (credential.family === family) forge.credentials.end(credential, state)
  }
}

/** Gives out an access token and the refresh token that belongs to it. */
export function issueTokens(forge: ForgeState, sitting: Sitting): Issued {
  const lifetime = forge.settings.tokenLifetime ?? LIFETIME
  const now = forge.clock.now()
  const { app, person, scopes, via } = sitting
  const shared = { app, person, scopes, via, family: sitting.family ?? randomUUID() }
  const access = forge.credentials.give({
    ...shared,
    kind: 'access',
    value: randomBytes(32).toString('hex'),
    expiresAt: now + lifetime * 1000,
  })
  const refresh = forge.credentials.give({ ...shared, kind: 'refresh', value: randomBytes(32).toString('hex') })
  return {
    access_token: access.value,
    token_type: 'Bearer',
    expires_in: lifetime,
    refresh_token: refresh.value,
    scope: sitting.scopes.join(' '),
    created_at: Math.floor(now / 1000),
  }
}

/** Trades a refresh token: it works once, without grace, and the old access token dies with it. */
export function refreshTokens(forge: ForgeState, refresh: Credential): Issued | null {
  if (!refresh.app || refresh.kind !== 'refresh' || !forge.credentials.usable(refresh)) return null
  endFamily(forge, refresh.family, 'rotated')
  const via = refresh.via === 'device' ? 'device' : 'redirect'
  return issueTokens(forge, { ...refresh, app: refresh.app, via })
}
