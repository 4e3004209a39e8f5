import { randomBytes, randomUUID } from 'node:crypto'
import { DAY } from '../clock'
import type { Credential, OAuthApp } from '../credentials'
import type { Person } from '../entities'
import type { ForgeState, PersonalTokenSpec } from '../forge-state'
import { TOKEN_SCOPES } from './scopes'

/** Seconds that an access token lives. */
const LIFETIME = 7200
/** A refresh token that nobody uses dies after three months. */
const REFRESH_LIFETIME = 90 * DAY
/** How long a refresh token still works after its first use. */
const GRACE = 10 * 60_000
/** Bytes of randomness that make a token of 2,600 characters; real ones regularly exceed 2,500. */
const TOKEN_BYTES = 1950

const tokenValue = (): string => randomBytes(TOKEN_BYTES).toString('base64url')

/** What the token endpoint answers. */
export interface Issued {
  readonly access_token: string
  readonly token_type: 'bearer'
  readonly expires_in: number
  readonly refresh_token: string
  readonly scope: string
  readonly state: string
}

interface Sitting {
  readonly app: OAuthApp
  readonly person: Person
  readonly scopes: readonly string[]
  readonly family?: string
}

/** Gives out an access token and a refresh token. */
export function issueTokens(forge: ForgeState, sitting: Sitting, state: string): Issued {
  const lifetime = forge.settings.tokenLifetime ?? LIFETIME
  const now = forge.clock.now()
  const { app, person, scopes } = sitting
  const shared = { app, person, scopes, via: 'redirect' as const, family: sitting.family ?? randomUUID() }
  const access = forge.credentials.give({
    ...shared,
    kind: 'access',
    value: tokenValue(),
    expiresAt: now + lifetime * 1000,
  })
  const refresh = forge.credentials.give({
    ...shared,
    kind: 'refresh',
    value: tokenValue(),
    expiresAt: now + REFRESH_LIFETIME,
  })
  return {
    access_token: access.value,
    token_type: 'bearer',
    expires_in: lifetime,
    refresh_token: refresh.value,
    scope: scopes.join(' '),
    state,
  }
}

const inGrace = (forge: ForgeState, token: Credential): boolean =>
  token.state === 'rotated' && token.endedAt !== null && forge.clock.now() - token.endedAt < GRACE

/** Trades a refresh token for a new pair. The old one works for ten more minutes, the old access token to its end. */
export function refreshTokens(forge: ForgeState, refresh: Credential): Issued | null {
  if (!refresh.app || refresh.kind !== 'refresh') return null
  if (!forge.credentials.usable(refresh) && !inGrace(forge, refresh)) return null
  forge.credentials.end(refresh, 'rotated')
  return issueTokens(
    forge,
    { app: refresh.app, person: refresh.person, scopes: refresh.scopes, family: refresh.family },
    'refresh_token',
  )
}

/** An API token "with scopes", as people make it in their Atlassian account; it always runs out. */
export const apiToken = (forge: ForgeState, spec: PersonalTokenSpec): Credential =>
  forge.credentials.give({
    kind: 'personal',
    value: `ATATT3xFfGF0${randomBytes(132).toString('base64url')}=${randomBytes(4).toString('hex').toUpperCase()}`,
    person: forge.world.person(spec.user ?? forge.world.people()[0]?.login ?? ''),
    app: null,
    family: randomUUID(),
    scopes: spec.scopes ?? TOKEN_SCOPES,
    expiresAt: spec.expiresAt ? Number(spec.expiresAt) : forge.clock.now() + 365 * DAY,
    name: spec.name ?? 'API token',
  })
