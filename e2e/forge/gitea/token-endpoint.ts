import { basicAuth, bearerToken, type Call } from '../call'
import type { OAuthApp } from '../credentials'
import { grantKey } from '../forge-state'
import { json, type Reply, text } from '../reply'
import { type Route, route } from '../router'
import { answersChallenge } from '../sign-in'
import { allowsRedirect } from './authorize'
import { type Issued, issueTokens } from './tokens'

/** Whatever is wrong, the status is 400. */
const refuse = (error: string, words: string): Reply => json(400, { error, error_description: words })

const secretProblem = (app: OAuthApp, secret: string): string | null => {
  if (!app.confidential || app.clientSecret === secret) return null
  return secret === '' ? 'invalid empty client secret' : 'invalid client secret'
}

const exchangeCode = (call: Call, app: OAuthApp, fields: URLSearchParams, secret: string): Issued | Reply => {
  const { forge } = call
  const problem = secretProblem(app, secret)
  if (problem) return refuse('unauthorized_client', problem)
  const redirectUri = fields.get('redirect_uri') ?? ''
  if (redirectUri !== '' && !allowsRedirect(app, redirectUri))
    return refuse('unauthorized_client', 'unexpected redirect URI')
  const code = forge.signIns.code(fields.get('code') ?? '')
  if (!code || code.used) return refuse('unauthorized_client', 'client is not authorized')
  if (code.expiresAt <= forge.clock.now()) return refuse('invalid_grant', 'authorization code expired')
  if (code.challenge && !answersChallenge(code.challenge, fields.get('code_verifier'))) {
    return refuse('unauthorized_client', 'failed PKCE code challenge')
  }
  if (redirectUri !== code.redirectUri) {
    return refuse('invalid_grant', 'redirect_uri differs from the original authorization request')
  }
  if (code.app !== app) return refuse('invalid_grant', 'invalid grant')
  code.used = true
  return issueTokens(forge, { app, person: code.person, scopes: code.scopes })
}

/** The old refresh token goes on working, unless the instance invalidates it. */
const refresh = (call: Call, app: OAuthApp, fields: URLSearchParams, secret: string): Issued | Reply => {
  const { forge } = call
  const problem = secretProblem(app, secret)
  if (problem) return refuse('invalid_client', problem)
  const token = forge.credentials.find(fields.get('refresh_token') ?? '')
  const garbled = token?.kind !== 'refresh' || (token.expiresAt ?? 0) <= forge.clock.now()
  if (garbled) return refuse('unauthorized_client', 'unable to parse refresh token')
  if (token.state === 'revoked' || !forge.grants.has(grantKey(token.person, app))) {
    return refuse('invalid_grant', 'grant does not exist')
  }
  if (token.app !== app) return refuse('invalid_grant', 'refresh token belongs to a different client')
  if (token.state === 'rotated') return refuse('unauthorized_client', 'token was already used')
  if (forge.settings.invalidateRefreshTokens) forge.credentials.end(token, 'rotated')
  return issueTokens(forge, { app, person: token.person, scopes: token.scopes, family: token.family })
}

const token = async (call: Call): Promise<Reply> => {
  const fields = await call.fields()
  const basic = basicAuth(call.headers.authorization)
  const id = fields.get('client_id') || basic?.user || ''
  const grant = fields.get('grant_type')
  const handle = grant === 'authorization_code' ? exchangeCode : grant === 'refresh_token' ? refresh : null
  if (!handle) {
    return refuse('unsupported_grant_type', 'Only refresh_token or authorization_code grant type is supported')
  }
  const app = call.forge.apps.get(id)
  if (!app) return refuse('invalid_client', `cannot load client with client id: "${id}"`)
  const made = handle(call, app, fields, fields.get('client_secret') || basic?.password || '')
  return 'status' in made ? made : json(200, made)
}

const introspect = async (call: Call): Promise<Reply> => {
  const basic = basicAuth(call.headers.authorization)
  const app = call.forge.apps.get(basic?.user ?? '')
  if (!app || app.clientSecret !== basic?.password) {
    return text(401, 'no valid authorization', { 'www-authenticate': 'Basic realm="Gitea OAuth2"' })
  }
  const known = call.forge.credentials.find((await call.fields()).get('token') ?? '')
  if (!known?.app || !call.forge.credentials.usable(known)) return json(200, { active: false })
  return json(200, {
    active: true,
    scope: known.scopes.join(' '),
    username: known.person.login,
    aud: [known.app.clientId],
  })
}

const userInfo = (call: Call): Reply => {
  const known = call.forge.credentials.find(bearerToken(call.headers.authorization) ?? '')
  if (known?.kind !== 'access' || !call.forge.credentials.usable(known)) {
    return text(401, 'no valid authorization', { 'www-authenticate': 'Bearer realm="Gitea OAuth2"' })
  }
  const { person } = known
  return json(200, { sub: String(person.id), name: person.name, preferred_username: person.login, email: person.email })
}

/** There is no revocation endpoint and, as yet, no device flow to advertise. */
const discovery = (call: Call): Reply => {
  const base = call.forge.address
  return json(200, {
    issuer: base,
    authorization_endpoint: `${base}/login/oauth/authorize`,
    token_endpoint: `${base}/login/oauth/access_token`,
    jwks_uri: `${base}/login/oauth/keys`,
    userinfo_endpoint: `${base}/login/oauth/userinfo`,
    introspection_endpoint: `${base}/login/oauth/introspect`,
    response_types_supported: ['code', 'id_token'],
    code_challenge_methods_supported: ['plain', 'S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
  })
}

/** OAuth endpoints that apps call. */
export const tokenRoutes: readonly Route[] = [
  route('POST /login/oauth/access_token', token),
  route('POST /login/oauth/introspect', introspect),
  route('GET /login/oauth/userinfo', userInfo),
  route('GET /login/oauth/keys', () => json(200, { keys: [] })),
  route('GET /.well-known/openid-configuration', discovery),
]
