import { createHash } from 'node:crypto'
import { basicAuth, bearerToken, type Call } from '../call'
import type { Credential, OAuthApp } from '../credentials'
import { atLeast, type Repository, type Role } from '../entities'
import { type Reply, reply, withHeaders } from '../reply'
import { type Route, route } from '../router'
import { badCredentials, notFound, refusal } from './errors'
import { countRequest } from './rate-limit'
import { sight } from './reach'
import { covers } from './scopes'

/** A request to the REST API, with who asks. */
export interface ApiCall extends Call {
  /** Null for nobody. */
  readonly credential: Credential | null
  /** The app that asks with its own id and secret. */
  readonly app: OAuthApp | null
}

/** What a route of the API asks of the caller. */
export interface Rule {
  /** `token` (the default): a live token. `anyone`: none needed. `app`: client id and secret. `nobody`: none allowed. */
  readonly auth?: 'token' | 'anyone' | 'app' | 'nobody'
  /** Any of these scopes is enough for tokens that have scopes. */
  readonly scopes?: readonly string[]
  /** What fine-grained and GitHub App tokens need instead. */
  readonly permission?: readonly [name: string, level: 'read' | 'write']
  /** The role needed in the repository. */
  readonly role?: Role
}

const VERSIONS = ['2022-11-28', '2026-03-10']

const hasPermission = (credential: Credential, [name, level]: readonly [string, 'read' | 'write']): boolean => {
  const held = name === 'metadata' ? 'read' : credential.permissions?.[name]
  return held === 'write' || held === 'admin' || held === level
}

const finelyGrained = (credential: Credential): boolean => credential.permissions !== null

/** A refusal for a token that lacks the permission or the scope, null when it has it. */
const lacking = (credential: Credential, rule: Rule): Reply | null => {
  if (finelyGrained(credential)) {
    if (!rule.permission || hasPermission(credential, rule.permission)) return null
    return refusal(403, `Resource not accessible by ${credential.app ? 'integration' : 'personal access token'}`)
  }
  if (!rule.scopes || rule.scopes.length === 0) return null
  return rule.scopes.some((scope) => covers(credential.scopes, scope)) ? null : notFound()
}

interface Asker {
  readonly credential: Credential | null
  readonly app: OAuthApp | null
}

/** Who asks; a reply when the answer is no. */
const asker = (call: Call, rule: Rule): Asker | Reply => {
  const { authorization } = call.headers
  const { forge } = call
  if (rule.auth === 'nobody') {
    return authorization
      ? refusal(403, 'This endpoint must be called without authentication.')
      : { credential: null, app: null }
  }
  const basic = basicAuth(authorization)
  if (rule.auth === 'app') {
    const app = basic ? forge.apps.get(basic.user) : undefined
    return app && app.clientSecret === basic?.password ? { credential: null, app } : notFound()
  }
  if (!authorization) {
    return rule.auth === 'anyone' ? { credential: null, app: null } : refusal(401, 'Requires authentication')
  }
  const token = basic?.password ?? bearerToken(authorization, ['bearer', 'token'])
  const credential = token ? forge.credentials.find(token) : null
  if (!credential || credential.kind === 'refresh' || !forge.credentials.usable(credential)) return badCredentials()
  if (credential.person.lockedOutUntil > forge.clock.now()) {
    return refusal(403, 'Maximum number of login attempts exceeded. Please try again later.')
  }
  credential.lastUsedAt = forge.clock.now()
  return { credential, app: null }
}

const describing = (credential: Credential | null, rule: Rule): Record<string, string> => {
  if (!credential) return {}
  if (finelyGrained(credential)) {
    return rule.permission ? { 'x-accepted-github-permissions': rule.permission.join('=') } : {}
  }
  return {
    'x-oauth-scopes': credential.scopes.join(', '),
    'x-accepted-oauth-scopes': (rule.scopes ?? []).join(', '),
    ...(credential.app ? { 'x-oauth-client-id': credential.app.clientId } : {}),
    ...(credential.expiresAt === null
      ? {}
      : { 'github-authentication-token-expiration': new Date(credential.expiresAt).toISOString() }),
  }
}

/** Gives a good answer its ETag, and the 304 to somebody who has it already. */
const conditional = (call: Call, answer: Reply): Reply => {
  if (call.method !== 'GET' || answer.status !== 200) return answer
  const etag = `W/"${createHash('sha256').update(answer.body).digest('hex')}"`
  const headers = {
    etag,
    'cache-control': 'private, max-age=60, s-maxage=60',
    vary: 'Accept, Authorization, Cookie, X-GitHub-OTP',
  }
  return call.headers['if-none-match'] === etag
    ? reply(304, '', { ...answer.headers, ...headers })
    : withHeaders(answer, headers)
}

const answered = async (call: Call, rule: Rule, handle: (call: ApiCall) => Reply | Promise<Reply>): Promise<Reply> => {
  if (!call.headers['user-agent']) {
    return reply(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.\n',
      { 'content-type': 'text/plain' },
    )
  }
  const version = call.headers['x-github-api-version']
  if (version !== undefined && !VERSIONS.includes(String(version))) {
    return refusal(400, `Unsupported 'X-GitHub-Api-Version' header value: '${version}'.`)
  }
  const who = asker(call, rule)
  if ('status' in who) return who
  const refused = who.credential ? lacking(who.credential, rule) : null
  const limit = countRequest(call.forge, who.credential)
  const answer = limit.refusal ?? refused ?? conditional(call, await handle({ ...call, ...who }))
  if (answer.status === 304) limit.refund()
  return withHeaders(answer, {
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': String(version ?? VERSIONS[0]),
    'x-github-request-id': `FORGE:${call.forge.nextId()}`,
    ...describing(who.credential, rule),
    ...limit.headers(),
  })
}

/** One line of the API's table. */
export const api = (line: string, rule: Rule, handle: (call: ApiCall) => Reply | Promise<Reply>): Route =>
  route(line, (call) => answered(call, rule, handle))

/** Where the API begins in an address. */
export const apiUrl = (call: Pick<Call, 'forge'>): string => `${call.forge.address}/api/v3`

const ssoNeeded = (call: ApiCall, organization: string): Reply =>
  refusal(
    403,
    'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.',
    {
      'x-github-sso': `required; url=${call.forge.address}/orgs/${organization}/sso?authorization_request=${call.credential?.id ?? 0}`,
    },
  )

type RepositoryHandler = (call: ApiCall, repository: Repository) => Reply | Promise<Reply>

const inRepository =
  (rule: Rule, suffix: string, handle: RepositoryHandler) =>
  (call: ApiCall): Reply | Promise<Reply> => {
    const { world } = call.forge
    const { owner, repo, id } = call.params
    const path = `${owner}/${repo}`
    const repository = id ? world.repositoryById(Number(id)) : world.findRepository(path)
    if (!repository) {
      const moved = id ? null : world.formerly(path)
      if (!moved || sight(call.forge, call.credential, moved).kind !== 'seen') return notFound()
      const rest =
        suffix === ''
          ? ''
          : call.path
              .split('/')
              .slice(6)
              .map((segment) => `/${segment}`)
              .join('')
      const url = `${apiUrl(call)}/repositories/${moved.id}${rest}${call.query.size > 0 ? `?${call.query}` : ''}`
      const status = call.method === 'GET' ? 301 : 307
      return withHeaders(refusal(status, 'Moved Permanently'), { location: url })
    }
    const seen = sight(call.forge, call.credential, repository)
    if (seen.kind === 'sso') return ssoNeeded(call, seen.organization.login)
    if (seen.kind === 'hidden' || (rule.role && !atLeast(seen.role, rule.role))) return notFound()
    return handle(call, repository)
  }

/** Both addresses of a repository's resource: by path, and by the immutable id that next links use. */
export const repositoryApi = (line: string, rule: Rule, handle: RepositoryHandler): readonly Route[] => {
  const [method = '', suffix = ''] = line.split(' ')
  const bound = inRepository(rule, suffix, handle)
  return [
    api(`${method} /repos/:owner/:repo${suffix}`, rule, bound),
    api(`${method} /repositories/:id${suffix}`, rule, bound),
  ]
}
