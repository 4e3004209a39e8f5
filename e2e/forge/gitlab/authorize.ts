import type { Call } from '../call'
import { consentPage } from '../consent'
import type { OAuthApp } from '../credentials'
import type { Person } from '../entities'
import { grantKey } from '../forge-state'
import { escaped, page, toSignIn, visitor } from '../pages'
import { type Reply, redirect } from '../reply'
import { type Route, route } from '../router'
import { type Challenge, withoutLoopbackPort, withQuery } from '../sign-in'
import { requestedScopes, SCOPES } from './scopes'

export const BRAND = 'GitLab'
const CODE_LIFETIME = 10 * 60_000

/**
 * Whether a redirect address is registered: equal, but for the port of an http address on a loopback IP literal.
 * `localhost` is no such literal. (Doorkeeper's rule, RFC 8252 section 7.3.)
 */
export function allowsRedirect(app: OAuthApp, address: string): boolean {
  if (app.redirectUris.includes(address)) return true
  const loopback = withoutLoopbackPort(address)
  return loopback !== null && app.redirectUris.some((registered) => withoutLoopbackPort(registered) === loopback)
}

interface Request {
  readonly app: OAuthApp
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string | null
  /** What the answer says of who gave it (RFC 9207), or null. */
  readonly issuer: string | null
  readonly challenge: Challenge | null
}

const failure = (words: string): Reply =>
  page(BRAND, 'An error has occurred', `<p role="alert">${escaped(words)}</p>`, 422)

type Target = Pick<Request, 'redirectUri' | 'state' | 'issuer'>

const back = ({ redirectUri, state, issuer }: Target, fields: Record<string, string>): Reply =>
  redirect(withQuery(redirectUri, { ...fields, state, iss: issuer }))

const refused = (request: Target, error: string, words: string): Reply =>
  back(request, { error, error_description: words })

const requested = (call: Call, parameters: URLSearchParams): Request | Reply => {
  const app = call.forge.apps.get(parameters.get('client_id') ?? '')
  if (!app) {
    return failure(
      'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
    )
  }
  const redirectUri = parameters.get('redirect_uri') ?? ''
  if (!allowsRedirect(app, redirectUri)) return failure('The redirect URI included is not valid.')
  const issuer = call.forge.settings.namesIssuer ? call.forge.address : null
  const target = { redirectUri, state: parameters.get('state'), issuer }
  if (parameters.get('response_type') !== 'code') {
    return refused(target, 'unsupported_response_type', 'The authorization server does not support this response type.')
  }
  const scopes = requestedScopes(parameters.get('scope'))
  if (!scopes) return refused(target, 'invalid_scope', 'The requested scope is invalid, unknown, or malformed.')
  const value = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method') ?? 'plain'
  if (value && method !== 'S256' && method !== 'plain') {
    return refused(target, 'invalid_code_challenge_method', 'The code challenge method must be one of plain, S256.')
  }
  const challenge: Challenge | null = value ? { value, method: method === 'S256' ? 'S256' : 'plain' } : null
  return { app, ...target, scopes, challenge }
}

const issue = (call: Call, request: Request, person: Person): Reply => {
  call.forge.grants.set(grantKey(person, request.app), new Set(request.scopes))
  const { code } = call.forge.signIns.addCode({ ...request, person, sso: new Set() }, CODE_LIFETIME)
  return back(request, { code })
}

/** Only an app with a secret is let through without a page for what was granted before. */
const grantedBefore = (call: Call, request: Request, person: Person): boolean => {
  const granted = call.forge.grants.get(grantKey(person, request.app))
  return request.app.confidential && granted !== undefined && request.scopes.every((scope) => granted.has(scope))
}

const show = (call: Call): Reply => {
  const person = visitor(call)
  if (!person) return toSignIn(call, '/users/sign_in')
  const request = requested(call, call.query)
  if ('status' in request) return request
  if (grantedBefore(call, request, person)) return issue(call, request, person)
  return consentPage({
    brand: BRAND,
    app: request.app,
    person,
    asks: request.scopes.map((scope) => `${scope}: ${SCOPES[scope]}`),
    carried: call.query,
    landing: `You will be redirected to ${request.redirectUri}`,
  })
}

const decide = async (call: Call): Promise<Reply> => {
  const person = visitor(call)
  if (!person) return toSignIn(call, '/users/sign_in')
  const fields = await call.fields()
  const request = requested(call, fields)
  if ('status' in request) return request
  return fields.get('decision') === 'authorize'
    ? issue(call, request, person)
    : refused(request, 'access_denied', 'The resource owner or authorization server denied the request.')
}

/** The pages of the redirect flow. */
export const authorizeRoutes: readonly Route[] = [
  route('GET /oauth/authorize', show),
  route('POST /oauth/authorize', decide),
]
