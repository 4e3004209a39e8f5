import { isRecord } from '../call'
import { isoTime } from '../clock'
import type { AppSpec } from '../forge-state'
import { json, noContent, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, api, failure, notFound } from './api'
import { ALL, SCOPES } from './scopes'
import { personalToken } from './tokens'

/** Tokens are made and removed with the password only, never with another token. */
const byPassword = (handle: (call: ApiCall) => Reply | Promise<Reply>) => (call: ApiCall) =>
  call.credential || call.person?.login !== call.params.user ? failure(call, 401, 'auth required') : handle(call)

const createToken = async (call: ApiCall): Promise<Reply> => {
  const body = await call.json()
  const scopes = isRecord(body) && Array.isArray(body.scopes) ? body.scopes.map(String) : []
  if (!isRecord(body) || typeof body.name !== 'string') return failure(call, 422, '[Name]: Required')
  if (scopes.length === 0) return failure(call, 400, 'access token must have a scope')
  if (!scopes.every((scope) => SCOPES.includes(scope) || scope === ALL))
    return failure(call, 400, 'invalid access token scope')
  const token = personalToken(call.forge, { user: call.params.user ?? '', scopes, name: body.name })
  const { id, name, value } = token
  return json(201, {
    id,
    name,
    sha1: value,
    token_last_eight: value.slice(-8),
    scopes,
    created_at: isoTime(token.createdAt),
  })
}

const removeToken = (call: ApiCall): Reply => {
  const own = call.person ? call.forge.credentials.of(call.person) : []
  const token = own.find(
    (one) => one.kind === 'personal' && [String(one.id), one.name].includes(call.params.token ?? ''),
  )
  if (!token) return notFound(call)
  call.forge.credentials.end(token, 'revoked')
  return noContent()
}

const createApp = async (call: ApiCall): Promise<Reply> => {
  const body = await call.json()
  const uris = isRecord(body) && Array.isArray(body.redirect_uris) ? body.redirect_uris.map(String) : []
  if (!isRecord(body) || typeof body.name !== 'string' || uris.length === 0)
    return failure(call, 422, '[Name]: Required')
  const spec: AppSpec = { name: body.name, redirectUris: uris, confidential: body.confidential_client === true }
  const app = call.forge.register(spec)
  return json(201, {
    id: app.id,
    name: app.name,
    client_id: app.clientId,
    client_secret: app.clientSecret,
    confidential_client: app.confidential,
    skip_secondary_authorization: false,
    redirect_uris: app.redirectUris,
    created: isoTime(call.forge.clock.now()),
  })
}

/** Personal tokens and OAuth applications of the person. */
export const ownTokenRoutes: readonly Route[] = [
  api('POST /users/:user/tokens', { scopes: [] }, byPassword(createToken)),
  api('DELETE /users/:user/tokens/:token', { scopes: [] }, byPassword(removeToken)),
  api('POST /user/applications/oauth2', { scopes: ['write:user'] }, createApp),
]
