import { basicAuth, bearerToken, type Call } from '../call'
import { isoTime } from '../clock'
import type { OAuthApp } from '../credentials'
import { json, type Reply } from '../reply'
import { type Route, route } from '../router'
import { answersChallenge, pollDevice } from '../sign-in'
import { requestedScopes } from './scopes'
import { endFamily, type Issued, issueTokens, refreshTokens } from './tokens'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** Errors with their status (RFC 6749 section 5.2, RFC 8628 section 3.5) and Doorkeeper's words. */
const ERRORS: Readonly<Record<string, readonly [status: number, words: string]>> = {
  invalid_request: [
    400,
    'The request is missing a required parameter, includes an unsupported parameter value, or is otherwise malformed.',
  ],
  invalid_client: [
    401,
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  ],
  invalid_grant: [
    400,
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  ],
  invalid_scope: [400, 'The requested scope is invalid, unknown, or malformed.'],
  unsupported_grant_type: [400, 'The authorization grant type is not supported by the authorization server.'],
  unauthorized_client: [403, 'You are not authorized to revoke this token'],
  authorization_pending: [
    400,
    'The authorization request is still pending as the end user hasn’t yet completed the user interaction steps.',
  ],
  slow_down: [
    400,
    'The authorization request is still pending and polling should continue, but the interval MUST be increased.',
  ],
  expired_token: [400, 'The device_code has expired, and the device authorization session has concluded.'],
  access_denied: [400, 'The authorization request was denied.'],
}

const refuse = (error: keyof typeof ERRORS & string): Reply => {
  const [status, words] = ERRORS[error] ?? [400, error]
  return json(
    status,
    { error, error_description: words },
    status === 401
      ? { 'www-authenticate': `Bearer realm="Doorkeeper", error="${error}", error_description="${words}"` }
      : {},
  )
}

/** The app that asks. One without a secret is known by its id alone; one with a secret must give it. */
const client = (call: Call, fields: URLSearchParams): OAuthApp | null => {
  const basic = basicAuth(call.headers.authorization)
  const app = call.forge.apps.get(basic?.user ?? fields.get('client_id') ?? '')
  const secret = basic?.password ?? fields.get('client_secret')
  if (!app) return null
  return app.confidential || secret ? (app.clientSecret === secret ? app : null) : app
}

const exchangeCode = (call: Call, app: OAuthApp, fields: URLSearchParams): Issued | string => {
  const { forge } = call
  const value = fields.get('code')
  if (!value || !fields.has('redirect_uri')) return 'invalid_request'
  const code = forge.signIns.code(value)
  if (!code || code.app !== app || code.used || code.expiresAt <= forge.clock.now()) return 'invalid_grant'
  if (fields.get('redirect_uri') !== code.redirectUri) return 'invalid_grant'
  if (code.challenge && !answersChallenge(code.challenge, fields.get('code_verifier'))) return 'invalid_grant'
  code.used = true
  return issueTokens(forge, { ...code, via: 'redirect' })
}

const refresh = (call: Call, app: OAuthApp, fields: URLSearchParams): Issued | string => {
  const { forge } = call
  const token = forge.credentials.find(fields.get('refresh_token') ?? '')
  if (!fields.has('refresh_token')) return 'invalid_request'
  if (!token || token.app !== app) return 'invalid_grant'
  if (token.via === 'redirect' && !fields.has('redirect_uri')) return 'invalid_grant'
  return refreshTokens(forge, token) ?? 'invalid_grant'
}

const OUTCOMES = {
  expired: 'expired_token',
  denied: 'access_denied',
  used: 'invalid_grant',
  'slow-down': 'slow_down',
  pending: 'authorization_pending',
} as const

const device = (call: Call, app: OAuthApp, fields: URLSearchParams): Issued | string => {
  const { forge } = call
  const pending = forge.signIns.deviceByCode(fields.get('device_code') ?? '')
  if (!pending || pending.app !== app) return 'invalid_grant'
  const outcome = pollDevice(pending, forge.clock)
  if (typeof outcome === 'string') return OUTCOMES[outcome]
  return issueTokens(forge, { app, person: outcome, scopes: pending.scopes, via: 'device' })
}

const GRANTS: Readonly<Record<string, typeof refresh>> = {
  authorization_code: exchangeCode,
  refresh_token: refresh,
  [DEVICE_GRANT]: device,
}

const token = async (call: Call): Promise<Reply> => {
  const fields = await call.fields()
  const app = client(call, fields)
  const name = fields.get('grant_type')
  if (!name) return refuse('invalid_request')
  const grant = name === DEVICE_GRANT && !call.forge.settings.deviceFlow ? undefined : GRANTS[name]
  if (!grant) return refuse('unsupported_grant_type')
  if (!app) return refuse('invalid_client')
  const made = grant(call, app, fields)
  return typeof made === 'string'
    ? refuse(made)
    : json(200, made, { 'cache-control': 'no-store', 'access-control-allow-origin': '*' })
}

const revoke = async (call: Call): Promise<Reply> => {
  const fields = await call.fields()
  const app = client(call, fields)
  if (!app) return refuse('unauthorized_client')
  const known = call.forge.credentials.find(fields.get('token') ?? '')
  if (known && known.app !== app) return refuse('unauthorized_client')
  if (known) endFamily(call.forge, known.family, 'revoked')
  return json(200, {}, { 'access-control-allow-origin': '*' })
}

const authorizeDevice = async (call: Call): Promise<Reply> => {
  const { forge } = call
  if (!forge.settings.deviceFlow) return json(404, { error: '404 Not Found' })
  const fields = await call.fields()
  const app = forge.apps.get(fields.get('client_id') ?? '')
  if (!app) return refuse('invalid_client')
  const scopes = requestedScopes(fields.get('scope'))
  if (!scopes) return refuse('invalid_scope')
  const pending = forge.signIns.addDevice(app, scopes, 300_000, forge.settings.deviceInterval)
  const page = `${forge.address}/oauth/device`
  return json(200, {
    device_code: pending.deviceCode,
    user_code: pending.userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${pending.userCode}`,
    expires_in: 300,
    interval: pending.interval,
  })
}

const tokenInfo = (call: Call): Reply => {
  const value = bearerToken(call.headers.authorization)
  const known = value === null ? null : call.forge.credentials.find(value)
  if (known?.kind !== 'access' || !call.forge.credentials.usable(known)) {
    return json(401, { error: 'invalid_token', error_description: 'The access token is invalid' })
  }
  return json(200, {
    resource_owner_id: known.person.id,
    scope: known.scopes,
    expires_in: Math.floor(((known.expiresAt ?? 0) - call.forge.clock.now()) / 1000),
    application: { uid: known.app?.clientId },
    created_at: Math.floor(known.createdAt / 1000),
    expires_at: known.expiresAt === null ? null : isoTime(known.expiresAt),
  })
}

const discovery = (call: Call): Reply => {
  const base = call.forge.address
  return json(200, {
    issuer: base,
    ...(call.forge.settings.namesIssuer && { authorization_response_iss_parameter_supported: true }),
    authorization_endpoint: `${base}/oauth/authorize`,
    token_endpoint: `${base}/oauth/token`,
    revocation_endpoint: `${base}/oauth/revoke`,
    introspection_endpoint: `${base}/oauth/introspect`,
    userinfo_endpoint: `${base}/oauth/userinfo`,
    code_challenge_methods_supported: ['plain', 'S256'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_GRANT],
  })
}

/** OAuth endpoints that apps call. */
export const tokenRoutes: readonly Route[] = [
  route('POST /oauth/token', token),
  route('POST /oauth/revoke', revoke),
  route('POST /oauth/authorize_device', authorizeDevice),
  route('GET /oauth/token/info', tokenInfo),
  route('GET /.well-known/openid-configuration', discovery),
]
