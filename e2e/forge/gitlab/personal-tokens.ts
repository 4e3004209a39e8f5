import { randomBytes, randomUUID } from 'node:crypto'
import { isRecord } from '../call'
import { DAY } from '../clock'
import type { Credential } from '../credentials'
import type { ForgeState, PersonalTokenSpec } from '../forge-state'
import { json, noContent, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, api, notFound } from './api'
import { SCOPES } from './scopes'
import { endFamily } from './tokens'

const tokenValue = (): string => `glpat-${randomBytes(15).toString('base64url')}`

const date = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString().slice(0, 10))

/** A token as a person makes it in the settings. */
export const personalToken = (forge: ForgeState, spec: PersonalTokenSpec): Credential =>
  forge.credentials.give({
    kind: 'personal',
    value: tokenValue(),
    person: forge.world.person(spec.user ?? forge.world.people()[0]?.login ?? ''),
    app: null,
    family: randomUUID(),
    scopes: spec.scopes ?? ['api', 'read_user', 'read_repository'],
    expiresAt: spec.expiresAt ? Number(spec.expiresAt) : null,
    name: spec.name ?? 'personal token',
  })

const shape = (forge: ForgeState, token: Credential) => ({
  id: token.id,
  name: token.name,
  revoked: token.state !== 'live',
  created_at: new Date(token.createdAt).toISOString(),
  description: null,
  scopes: token.scopes,
  user_id: token.person.id,
  last_used_at: token.lastUsedAt === null ? null : new Date(token.lastUsedAt).toISOString(),
  active: forge.credentials.usable(token),
  expires_at: date(token.expiresAt),
})

const own = (handle: (call: ApiCall, token: Credential) => Reply | Promise<Reply>) => (call: ApiCall) => {
  if (!call.credential) return notFound('Token')
  return call.credential.kind === 'personal'
    ? handle(call, call.credential)
    : json(400, { message: '400 Bad request - This endpoint requires token type to be a personal access token' })
}

const WEEK = 7 * DAY

const rotate = async (call: ApiCall, token: Credential): Promise<Reply> => {
  const { forge } = call
  const body = await call.json()
  const asked = isRecord(body) && typeof body.expires_at === 'string' ? Date.parse(body.expires_at) : Number.NaN
  const expiresAt = Number.isNaN(asked) ? forge.clock.now() + WEEK : asked
  forge.credentials.end(token, 'rotated')
  const next = forge.credentials.give({
    ...token,
    id: forge.nextId(),
    value: tokenValue(),
    state: 'live',
    endedAt: null,
    expiresAt,
  })
  return json(200, { ...shape(forge, next), token: next.value })
}

const rotateRoute = api('POST /personal_access_tokens/self/rotate', { scopes: ['self_rotate'] }, own(rotate))

/** Using a token that was rotated already to rotate once more ends all that came from it. */
const detectReuse: Route = {
  ...rotateRoute,
  handle: (call) => {
    const value = call.headers['private-token'] ?? call.headers.authorization?.replace(/^bearer /i, '')
    const token = typeof value === 'string' ? call.forge.credentials.find(value) : null
    if (token?.state === 'rotated' && token.kind === 'personal') endFamily(call.forge, token.family, 'revoked')
    return rotateRoute.handle(call)
  },
}

/** Any scope will do to look at oneself or to end oneself. */
const ANY = { scopes: Object.keys(SCOPES) }

/** Personal access tokens about themselves; docs.gitlab.com, "Personal access tokens API". */
export const personalTokenRoutes: readonly Route[] = [
  api(
    'GET /personal_access_tokens/self',
    ANY,
    own((call, token) => json(200, shape(call.forge, token))),
  ),
  detectReuse,
  api(
    'DELETE /personal_access_tokens/self',
    ANY,
    own((call, token) => {
      call.forge.credentials.end(token, 'revoked')
      return noContent()
    }),
  ),
]
