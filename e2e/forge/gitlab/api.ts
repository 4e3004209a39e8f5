import { bearerToken, type Call } from '../call'
import type { Credential } from '../credentials'
import { atLeast, type Repository, type Role } from '../entities'
import { rateWindow } from '../rate-window'
import { json, type Reply, text, withHeaders } from '../reply'
import { type Route, route } from '../router'

/** A request to the REST API, with who asks. */
export interface ApiCall extends Call {
  readonly credential: Credential | null
}

/** What a route of the API asks of the caller. */
export interface Rule {
  /** Any of these scopes; `api` is always enough. */
  readonly scopes: readonly string[]
  /** Whether public things are shown without a token. */
  readonly anyone?: boolean
}

/** For what only reads. */
export const READ: Rule = { scopes: ['read_api'] }
/** For what changes something. */
export const WRITE: Rule = { scopes: [] }

export const notFound = (what: string): Reply => json(404, { message: `404 ${what} Not Found` })
export const forbidden = (): Reply => json(403, { message: '403 Forbidden' })

const SPAN = 60_000

const invalidToken = (words: string): Reply =>
  json(
    401,
    { error: 'invalid_token', error_description: words },
    {
      'www-authenticate': `Bearer realm="Protected by OAuth 2.0", error="invalid_token", error_description="${words}"`,
    },
  )

const asker = (call: Call, rule: Rule): Credential | null | Reply => {
  const { forge, headers, query } = call
  const given = [
    headers['private-token'],
    bearerToken(headers.authorization),
    query.get('private_token'),
    query.get('access_token'),
  ]
  const value = given.find((one): one is string => typeof one === 'string' && one !== '')
  if (value === undefined) return rule.anyone ? null : json(401, { message: '401 Unauthorized' })
  const credential = forge.credentials.find(value)
  if (!credential || credential.kind === 'refresh') return invalidToken('Bad Access Token.')
  if (credential.state !== 'live') return invalidToken('Token was revoked. You have to re-authorize from the user.')
  if (!forge.credentials.usable(credential)) {
    return invalidToken('Token is expired. You can either do re-authorization or token refresh.')
  }
  if (!['api', ...rule.scopes].some((scope) => credential.scopes.includes(scope))) {
    // Without the WWW-Authenticate that RFC 6750 asks for: so GitLab does it.
    return json(403, {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: ['api', ...rule.scopes].join(' '),
    })
  }
  credential.lastUsedAt = forge.clock.now()
  return credential
}

const limited = (
  call: Call,
  credential: Credential | null,
): { readonly over: boolean; readonly headers: Record<string, string> } => {
  const limit = call.forge.settings.rateLimit
  if (limit === null) return { over: false, headers: {} }
  const window = rateWindow(call.forge, credential ? `user ${credential.person.id}` : 'anonymous', SPAN)
  window.used += 1
  const over = window.used > limit
  const seconds = Math.ceil((window.resetAt - call.forge.clock.now()) / 1000)
  return {
    over,
    headers: {
      'ratelimit-limit': String(limit),
      'ratelimit-name': credential ? 'throttle_authenticated_api' : 'throttle_unauthenticated_api',
      'ratelimit-observed': String(window.used),
      'ratelimit-remaining': String(Math.max(0, limit - window.used)),
      'ratelimit-reset': String(Math.ceil(window.resetAt / 1000)),
      ...(over
        ? { 'retry-after': String(seconds), 'ratelimit-resettime': new Date(window.resetAt).toUTCString() }
        : {}),
    },
  }
}

type ApiHandler = (call: ApiCall) => Reply | Promise<Reply>

/** One line of the API's table. */
export const api = (line: string, rule: Rule, handle: ApiHandler): Route =>
  route(line, async (call) => {
    const who = asker(call, rule)
    const credential = who !== null && 'body' in who ? null : who
    const limit = limited(call, credential)
    if (limit.over) return text(429, 'Retry later\n', limit.headers)
    const answer = who !== null && 'body' in who ? who : await handle({ ...call, credential })
    return withHeaders(answer, { 'x-request-id': `forge-${call.forge.nextId()}`, ...limit.headers })
  })

/** Where the API begins in an address. */
export const apiUrl = (call: Pick<Call, 'forge'>): string => `${call.forge.address}/api/v4`

type ProjectHandler = (call: ApiCall, project: Repository) => Reply | Promise<Reply>

/**
 * A route below `/projects/:id`, the id being a number or the whole path with its slashes encoded.
 * A project that moved redirects to its number; one that is hidden does not exist; too small a role is a 403.
 */
export const projectApi = (line: string, rule: Rule, role: Role, handle: ProjectHandler): Route => {
  const [method = '', suffix = ''] = line.split(' ')
  return api(`${method} /projects/:project${suffix}`, rule, (call) => {
    const { world } = call.forge
    const asked = call.params.project ?? ''
    const found = /^\d+$/.test(asked) ? world.repositoryById(Number(asked)) : world.findRepository(asked)
    const project = found ?? world.formerly(asked)
    const held = project && world.role(call.credential?.person ?? null, project)
    if (!project || !held) return notFound('Project')
    if (!found) {
      const rest = call.path
        .split('/')
        .slice(5)
        .map((segment) => `/${segment}`)
        .join('')
      const location = `${apiUrl(call)}/projects/${project.id}${rest}${call.query.size > 0 ? `?${call.query}` : ''}`
      return json(301, { message: `This resource has been moved permanently to ${location}` }, { location })
    }
    return atLeast(held, role) ? handle(call, project) : forbidden()
  })
}
