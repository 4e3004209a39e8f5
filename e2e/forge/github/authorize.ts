import type { Call } from '../call'
import type { OAuthApp } from '../credentials'
import type { Person } from '../entities'
import { grantKey } from '../forge-state'
import { escaped, hidden, page, signOut, sitePath, toSignIn, visitor } from '../pages'
import { type Reply, redirect } from '../reply'
import { type Route, route } from '../router'
import { type Challenge, isLoopback, parseUrl, withQuery } from '../sign-in'
import { applyChoice, repositoryChoice } from './repository-choice'
import { covers, normalizedScopes, OFFLINE_ACCESS, scopeList } from './scopes'

export const BRAND = 'GitHub'
const CODE_LIFETIME = 10 * 60_000

/**
 * Whether GitHub would send the browser there. A GitHub App's address must be one of its callbacks exactly; an OAuth
 * app's may lie below one and on a subdomain of its host, with any query, and any port will do for a registered loopback
 * address. docs.github.com, "Redirect URLs".
 */
export function allowsRedirect(app: OAuthApp, address: string): boolean {
  if (app.kind === 'github-app') return app.redirectUris.includes(address)
  const asked = parseUrl(address)
  return (
    asked !== null &&
    app.redirectUris.some((registered) => {
      const known = parseUrl(registered)
      if (!known || known.protocol !== asked.protocol) return false
      if (known.hostname !== asked.hostname && !asked.hostname.endsWith(`.${known.hostname}`)) return false
      const port = known.port === asked.port || (isLoopback(known, true) && isLoopback(asked, true))
      const below =
        asked.pathname === known.pathname || asked.pathname.startsWith(`${known.pathname.replace(/\/$/, '')}/`)
      return port && below
    })
  )
}

interface Request {
  readonly app: OAuthApp
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string | null
  readonly challenge: Challenge | null
}

const back = (request: Pick<Request, 'redirectUri' | 'state'>, parameters: Record<string, string>): Reply =>
  redirect(withQuery(request.redirectUri, { ...parameters, state: request.state }))

const refused = (call: Call, request: Pick<Request, 'redirectUri' | 'state'>, error: string, words: string): Reply =>
  back(request, { error, error_description: words, error_uri: `${call.forge.address}/apps/oauth-errors#${error}` })

/** The request's parameters, checked; a reply where they do not hold. */
const requested = (call: Call, parameters: URLSearchParams): Request | Reply => {
  const app = call.forge.apps.get(parameters.get('client_id') ?? '')
  const state = parameters.get('state')
  const registered = app?.redirectUris[0]
  if (!app || registered === undefined)
    return page(BRAND, 'Page not found', '<p>There is no such application.</p>', 404)
  const redirectUri = parameters.get('redirect_uri') ?? registered
  if (!allowsRedirect(app, redirectUri)) {
    const words = 'The redirect_uri MUST match the registered callback URL for this application.'
    return refused(call, { redirectUri: registered, state }, 'redirect_uri_mismatch', words)
  }
  const challenge = parameters.get('code_challenge')
  const method = parameters.get('code_challenge_method')
  if (call.forge.settings.pkce && (challenge !== null || method !== null) && (method !== 'S256' || !challenge)) {
    return refused(call, { redirectUri, state }, 'invalid_request', 'Only the S256 code challenge method is supported.')
  }
  const scopes = scopeList(parameters.get('scope') ?? '')
  return {
    app,
    redirectUri,
    state,
    scopes: app.kind === 'github-app' ? [] : scopes,
    challenge: challenge && call.forge.settings.pkce ? { value: challenge, method: 'S256' } : null,
  }
}

/** Scopes the new token will have: those asked for, or what was granted before when none are. */
const scopesFor = (call: Call, request: Request, person: Person): readonly string[] => {
  const before = call.forge.grants.get(grantKey(person, request.app)) ?? new Set()
  return request.scopes.length > 0 ? request.scopes : [...before]
}

const issue = (call: Call, request: Request, person: Person, scopes: readonly string[]): Reply => {
  const { forge } = call
  const key = grantKey(person, request.app)
  forge.grants.set(key, new Set([...(forge.grants.get(key) ?? []), ...normalizedScopes(scopes)]))
  const { code } = forge.signIns.addCode(
    { ...request, person, scopes, sso: new Set(person.ssoSessions) },
    CODE_LIFETIME,
  )
  return back(request, { code })
}

const accountPicker = (call: Call, person: Person): Reply =>
  page(
    BRAND,
    'Select an account',
    `<form method="get">${hidden([...call.query].filter(([name]) => name !== 'prompt'))}
<button class="go" name="selected" value="${escaped(person.login)}">Continue as ${escaped(person.login)}</button></form>
<form method="post" action="${sitePath(call, '/logout')}">${hidden([['return_to', `${call.path}?${call.query}`]])}
<button>Use a different account</button></form>`,
  )

const consentPage = (call: Call, request: Request, person: Person): Reply => {
  const asked = normalizedScopes(scopesFor(call, request, person))
  const boxes = asked.map(
    (scope) =>
      `<label><input type="checkbox" name="granted" value="${escaped(scope)}" checked> ${escaped(scope)}</label>`,
  )
  const what =
    request.app.kind === 'github-app'
      ? repositoryChoice(call, request.app, person)
      : `<fieldset><legend>Permissions</legend>${boxes.join('') || 'Public data only'}</fieldset>`
  return page(
    BRAND,
    `Authorize ${request.app.name}`,
    `<p>${escaped(request.app.name)} wants to access your account ${escaped(person.login)}.</p>
<form method="post">${hidden(call.query)}${what}
<button class="go" name="decision" value="authorize">Authorize</button>
<button name="decision" value="cancel">Cancel</button></form>
<p>Authorizing will redirect to ${escaped(request.redirectUri)}</p>`,
  )
}

/** Already agreed to everything that is asked: the browser is sent on without a page. */
const agreedBefore = (call: Call, request: Request, person: Person): boolean => {
  const granted = call.forge.grants.get(grantKey(person, request.app))
  if (!granted) return false
  return normalizedScopes(request.scopes).every((scope) => covers([...granted], scope))
}

const show = (call: Call): Reply => {
  const request = requested(call, call.query)
  if ('status' in request) return request
  const person = visitor(call)
  if (!person) return toSignIn(call, '/login')
  const web = /^https?:/.test(request.redirectUri)
  const mustChoose = call.query.get('prompt') === 'select_account' || !web
  if (mustChoose && call.query.get('selected') !== person.login) return accountPicker(call, person)
  if (agreedBefore(call, request, person)) return issue(call, request, person, scopesFor(call, request, person))
  return consentPage(call, request, person)
}

const decide = async (call: Call): Promise<Reply> => {
  const fields = await call.fields()
  const request = requested(call, fields)
  if ('status' in request) return request
  const person = visitor(call)
  if (!person) return toSignIn(call, '/login')
  if (fields.get('decision') !== 'authorize') {
    return refused(call, request, 'access_denied', 'The user has denied your application access.')
  }
  if (request.app.kind === 'github-app') applyChoice(call, request.app, person, fields)
  const pseudo = request.scopes.filter((scope) => scope === OFFLINE_ACCESS)
  return issue(call, request, person, [...fields.getAll('granted'), ...pseudo])
}

const leave = async (call: Call): Promise<Reply> => {
  const back = (await call.fields()).get('return_to') ?? '/'
  signOut(call)
  return redirect(sitePath(call, `/login?${new URLSearchParams({ return_to: back })}`))
}

/** The pages of the redirect flow. */
export const authorizeRoutes: readonly Route[] = [
  route('GET /login/oauth/authorize', show),
  route('POST /login/oauth/authorize', decide),
  route('POST /logout', leave),
]
