import type { Call } from '../call'
import { consentPage } from '../consent'
import type { OAuthApp } from '../credentials'
import type { Person } from '../entities'
import { type ForgeState, grantKey } from '../forge-state'
import { escaped, page, toSignIn, visitor } from '../pages'
import { type Reply, redirect } from '../reply'
import { type Route, route } from '../router'
import { type Challenge, withoutLoopbackPort, withQuery } from '../sign-in'
import { grantedScopes } from './scopes'

const CODE_LIFETIME = 10 * 60_000
export const SIGN_IN = '/user/login'

/** What the instance calls itself on its pages. */
export const brand = (forge: ForgeState): string => (forge.dialect === 'forgejo' ? 'Forgejo' : 'Gitea')

const plain = (address: string): string => address.toLowerCase().replace(/\/$/, '')

/**
 * Whether a redirect address is registered: compared without regard to case; for a public client an http address on
 * a loopback IP literal also without its port.
 */
export function allowsRedirect(app: OAuthApp, address: string): boolean {
  const known = app.redirectUris.map(plain)
  const loopback = app.confidential ? null : withoutLoopbackPort(address)
  return known.includes(plain(loopback ?? address)) || known.includes(plain(address))
}

interface Request {
  readonly app: OAuthApp
  readonly redirectUri: string
  readonly scope: string
  readonly state: string
  readonly challenge: Challenge | null
}

const failure = (call: Call, words: string): Reply =>
  page(brand(call.forge), 'Authorization failed', `<p role="alert">${escaped(words)}</p>`, 400)

const refused = (request: Pick<Request, 'redirectUri' | 'state'>, error: string, words: string): Reply =>
  redirect(withQuery(request.redirectUri, { error, error_description: words, state: request.state }), 303)

const requested = (call: Call, parameters: URLSearchParams): Request | Reply => {
  const app = call.forge.apps.get(parameters.get('client_id') ?? '')
  if (!app) return failure(call, 'Client ID not registered')
  const redirectUri = parameters.get('redirect_uri') ?? ''
  if (!allowsRedirect(app, redirectUri)) return failure(call, 'Unregistered Redirect URI')
  const target = { redirectUri, state: parameters.get('state') ?? '' }
  if (parameters.get('response_type') !== 'code') {
    return refused(target, 'unsupported_response_type', 'Only code response type is supported.')
  }
  const method = parameters.get('code_challenge_method') ?? ''
  if (method === '' && !app.confidential)
    return refused(target, 'invalid_request', 'PKCE is required for public clients')
  if (!['', 'S256', 'plain'].includes(method)) {
    return refused(target, 'invalid_request', 'unsupported code challenge method')
  }
  const value = parameters.get('code_challenge') ?? ''
  const challenge: Challenge | null = method ? { value, method: method === 'S256' ? 'S256' : 'plain' } : null
  return { app, ...target, scope: parameters.get('scope') ?? '', challenge }
}

const issue = (call: Call, request: Request, person: Person): Reply => {
  const { forge } = call
  const scopes = grantedScopes(request.scope, forge.settings.oauthScopes)
  forge.grants.set(grantKey(person, request.app), new Set([request.scope]))
  const { code } = forge.signIns.addCode({ ...request, person, scopes, sso: new Set() }, CODE_LIFETIME)
  return redirect(withQuery(request.redirectUri, { code, state: request.state }), 303)
}

const show = (call: Call): Reply => {
  const person = visitor(call)
  if (!person) return toSignIn(call, SIGN_IN)
  const request = requested(call, call.query)
  if ('status' in request) return request
  // A public client is asked about every time, as anybody could pretend to be it.
  const granted = call.forge.grants.get(grantKey(person, request.app))
  if (request.app.confidential && granted) return issue(call, request, person)
  const scopes = grantedScopes(request.scope, call.forge.settings.oauthScopes)
  return consentPage({
    brand: brand(call.forge),
    app: request.app,
    person,
    asks: scopes.map((scope) =>
      scope === 'all' ? 'Full access to your account, private repositories included' : scope,
    ),
    carried: call.query,
    landing: `You will be redirected to ${request.redirectUri}`,
  })
}

/** Forgejo keeps what Gitea has mended: a grant is for one scope, and asking for another is an error. */
const otherScope = (call: Call, request: Request, person: Person): boolean => {
  const granted = call.forge.grants.get(grantKey(person, request.app))
  return call.forge.dialect === 'forgejo' && granted !== undefined && !granted.has(request.scope)
}

const decide = async (call: Call): Promise<Reply> => {
  const person = visitor(call)
  if (!person) return toSignIn(call, SIGN_IN)
  const fields = await call.fields()
  const request = requested(call, fields)
  if ('status' in request) return request
  if (fields.get('decision') !== 'authorize') return refused(request, 'access_denied', 'the request is denied')
  if (otherScope(call, request, person)) return refused(request, 'server_error', 'a grant exists with different scope')
  return issue(call, request, person)
}

/** The pages of the redirect flow. */
export const authorizeRoutes: readonly Route[] = [
  route('GET /login/oauth/authorize', show),
  route('POST /login/oauth/authorize', decide),
]
