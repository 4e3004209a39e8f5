import { basicAuth, type Call } from '../call'
import { consentPage } from '../consent'
import type { OAuthApp } from '../credentials'
import type { Person } from '../entities'
import { escaped, page, signIn, signInPage, toSignIn, visitor } from '../pages'
import { json, noContent, type Reply, redirect, text } from '../reply'
import { type Route, route } from '../router'
import { withQuery } from '../sign-in'
import { CONSUMER_SCOPES } from './scopes'
import { type Issued, issueTokens, refreshTokens } from './tokens'

const BRAND = 'Bitbucket'
const CODE_LIFETIME = 10 * 60_000
const SIGN_IN = '/account/signin'

const scopesOf = (app: OAuthApp): readonly string[] => {
  const ticked = Object.keys(app.permissions)
  return ticked.length > 0 ? ticked : CONSUMER_SCOPES
}

/**
 * Whether a consumer's one callback lets the browser be sent there: what is asked for has to begin with it.
 * support.atlassian.com, "Use OAuth on Bitbucket Cloud".
 */
export const allowsRedirect = (app: OAuthApp, address: string): boolean => {
  const [registered] = app.redirectUris
  return registered !== undefined && address.startsWith(registered)
}

interface Request {
  readonly app: OAuthApp
  readonly redirectUri: string
  readonly state: string | null
}

const failure = (words: string): Reply => page(BRAND, 'Invalid request', `<p role="alert">${escaped(words)}</p>`, 400)

const requested = (call: Call, parameters: URLSearchParams): Request | Reply => {
  const app = call.forge.apps.get(parameters.get('client_id') ?? '')
  const registered = app?.redirectUris[0]
  if (!app || registered === undefined) return failure('This integration does not exist.')
  if (parameters.get('response_type') !== 'code') return failure('Unsupported response type.')
  const redirectUri = parameters.get('redirect_uri') ?? registered
  if (!allowsRedirect(app, redirectUri)) {
    return failure('The redirect_uri does not match the callback URL of this integration.')
  }
  return { app, redirectUri, state: parameters.get('state') }
}

const forPerson =
  (handle: (call: Call, person: Person, request: Request, fields: URLSearchParams) => Reply) =>
  async (call: Call): Promise<Reply> => {
    const person = visitor(call)
    if (!person) return toSignIn(call, SIGN_IN)
    const fields = call.method === 'POST' ? await call.fields() : call.query
    const request = requested(call, fields)
    return 'status' in request ? request : handle(call, person, request, fields)
  }

const show = forPerson((call, person, request) =>
  consentPage({
    brand: BRAND,
    app: request.app,
    person,
    asks: scopesOf(request.app),
    carried: call.query,
    landing: `You will be redirected to ${request.redirectUri}`,
  }),
)

const decide = forPerson((call, person, request, fields) => {
  const { app, redirectUri, state } = request
  if (fields.get('decision') !== 'authorize') {
    const words = 'The resource owner or authorization server denied the request.'
    return redirect(withQuery(redirectUri, { error: 'access_denied', error_description: words, state }))
  }
  const scopes = scopesOf(app)
  const pending = { app, person, redirectUri, scopes, challenge: null, sso: new Set<number>() }
  const { code } = call.forge.signIns.addCode(pending, CODE_LIFETIME)
  return redirect(withQuery(redirectUri, { code, state }))
})

const refuse = (error: string, words: string): Reply => json(400, { error, error_description: words })

const exchange = (call: Call, app: OAuthApp, fields: URLSearchParams): Issued | Reply => {
  const { forge } = call
  const code = forge.signIns.code(fields.get('code') ?? '')
  if (!code || code.app !== app || code.used || code.expiresAt <= forge.clock.now()) {
    return refuse('invalid_grant', 'The specified code is not valid.')
  }
  code.used = true
  return issueTokens(forge, code, 'authorization_code')
}

const refresh = (call: Call, app: OAuthApp, fields: URLSearchParams): Issued | Reply => {
  const token = call.forge.credentials.find(fields.get('refresh_token') ?? '')
  const issued = token && token.app === app ? refreshTokens(call.forge, token) : null
  return issued ?? refuse('invalid_grant', 'Invalid refresh_token')
}

/** Takes a form only: of a JSON body it sees nothing. */
const token = async (call: Call): Promise<Reply> => {
  const form = String(call.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  const fields = form ? await call.fields() : new URLSearchParams()
  const basic = basicAuth(call.headers.authorization)
  const app = call.forge.apps.get(basic?.user ?? fields.get('client_id') ?? '')
  const grant = fields.get('grant_type')
  const handle = grant === 'authorization_code' ? exchange : grant === 'refresh_token' ? refresh : null
  if (!handle) return refuse('unsupported_grant_type', `Unsupported grant type: ${grant ?? 'None'}`)
  if (!app || app.clientSecret !== (basic?.password ?? fields.get('client_secret'))) {
    return refuse('unauthorized_client', 'Invalid OAuth client credentials')
  }
  const made = handle(call, app, fields)
  return 'status' in made ? made : json(200, made)
}

const authorizations = (call: Call): Reply => {
  const person = visitor(call)
  if (!person) return toSignIn(call, SIGN_IN)
  const apps = new Set(
    call.forge.credentials.of(person).flatMap((one) => (one.app && one.state === 'live' ? [one.app] : [])),
  )
  const rows = [...apps].map(
    (app) => `<li>${escaped(app.name)} <button name="client_id" value="${escaped(app.clientId)}">Revoke</button></li>`,
  )
  return page(BRAND, 'App authorizations', `<form method="post"><ul>${rows.join('') || '<li>None</li>'}</ul></form>`)
}

/** The only way to take a consumer's access away: no endpoint revokes. */
const revokeAuthorization = async (call: Call): Promise<Reply> => {
  const person = visitor(call)
  if (!person) return toSignIn(call, SIGN_IN)
  const clientId = (await call.fields()).get('client_id')
  for (const one of call.forge.credentials.of(person)) {
    if (one.app?.clientId === clientId) call.forge.credentials.end(one, 'revoked')
  }
  return authorizations(call)
}

/** Published by Bitbucket at this very address, in the form of a known_hosts file. */
const hostKeys = (): Reply =>
  text(200, 'bitbucket.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIazEu89wgQZ4bqs3d63QSMzYVa0MuJ2e2gKTKqu+UUO\n')

/** The site: sign-in, consent, the token endpoint and what people manage themselves. */
export const siteRoutes: readonly Route[] = [
  route('GET /site/oauth2/authorize', show),
  route('POST /site/oauth2/authorize', decide),
  route('POST /site/oauth2/access_token', token),
  route(`GET ${SIGN_IN}`, (call) => signInPage(call, BRAND)),
  route(`POST ${SIGN_IN}`, (call) => signIn(call, BRAND)),
  route('GET /account/settings/app-authorizations', authorizations),
  route('POST /account/settings/app-authorizations', revokeAuthorization),
  route('GET /site/ssh', hostKeys),
  route('GET /favicon.ico', () => noContent()),
  route('GET /', (call) =>
    page(BRAND, visitor(call)?.login ?? 'Welcome', '<p>This is a local forge to try the app with.</p>'),
  ),
]
