import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { HOUR } from '../clock'
import type { Credential, OAuthApp } from '../credentials'
import type { Person } from '../entities'
import type { ForgeState, PersonalTokenSpec } from '../forge-state'
import { ALL } from './scopes'

/** Seconds that an access token lives. */
const LIFETIME = 3600
const REFRESH_LIFETIME = 730 * HOUR

const signingKey = randomBytes(32)

/** A JSON Web Token (RFC 7519), which is what Gitea's tokens are. */
const jwt = (claims: object): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${content}.${createHmac('sha256', signingKey).update(content).digest('base64url')}`
}

/** What the token endpoint answers: the scope is not among it. */
export interface Issued {
  readonly access_token: string
  readonly token_type: 'bearer'
  readonly expires_in: number
  readonly refresh_token: string
}

interface Sitting {
  readonly app: OAuthApp
  readonly person: Person
  readonly scopes: readonly string[]
  readonly family?: string
}

/** Gives out an access token and a refresh token of one grant. */
export function issueTokens(forge: ForgeState, sitting: Sitting): Issued {
  const { app, person, scopes } = sitting
  const lifetime = forge.settings.tokenLifetime ?? LIFETIME
  const now = forge.clock.now()
  const shared = { app, person, scopes, via: 'redirect' as const, family: sitting.family ?? randomUUID() }
  const give = (kind: 'access' | 'refresh', milliseconds: number): Credential => {
    const expiresAt = now + milliseconds
    const claims = {
      gnt: app.id,
      tt: kind === 'access' ? 0 : 1,
      cnt: forge.nextId(),
      exp: Math.floor(expiresAt / 1000),
    }
    return forge.credentials.give({ ...shared, kind, value: jwt(claims), expiresAt })
  }
  const access = give('access', lifetime * 1000)
  const refresh = give('refresh', REFRESH_LIFETIME)
  return { access_token: access.value, token_type: 'bearer', expires_in: lifetime, refresh_token: refresh.value }
}

/** A token as people make it in the settings. */
export const personalToken = (forge: ForgeState, spec: PersonalTokenSpec): Credential =>
  forge.credentials.give({
    kind: 'personal',
    value: randomBytes(20).toString('hex'),
    person: forge.world.person(spec.user ?? forge.world.people()[0]?.login ?? ''),
    app: null,
    family: randomUUID(),
    scopes: spec.scopes ?? [ALL],
    expiresAt: spec.expiresAt ? Number(spec.expiresAt) : null,
    name: spec.name ?? 'token',
  })
