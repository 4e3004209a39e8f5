import { basicAuth, bearerToken, type Call } from '../call'
import { HOUR } from '../clock'
import type { Credential } from '../credentials'
import { atLeast, type Repository, type Role } from '../entities'
import { positive, withParameters } from '../paging'
import { rateWindow } from '../rate-window'
import { json, type Reply } from '../reply'
import { type Route, route } from '../router'
import { has, type Need, named } from './scopes'
import { repositoryUuid } from './shapes'

/** A request to the REST API, with who asks. */
export interface ApiCall extends Call {
  readonly credential: Credential
}

export const failure = (status: number, message: string, more: object = {}, headers: Reply['headers'] = {}): Reply =>
  json(status, { type: 'error', error: { message, ...more } }, headers)

export const notFound = (): Reply => failure(404, 'Resource not found')

const refusal = (basic: boolean): Reply =>
  failure(
    401,
    'Token is invalid, expired, or not supported for this endpoint.',
    {},
    basic ? { 'www-authenticate': 'Basic realm="Bitbucket.org HTTP"' } : {},
  )

/** The token in the Authorization header; nowhere else is one looked for. API tokens come with the e-mail address. */
const asker = (call: Call): Credential | null => {
  const { credentials } = call.forge
  const basic = basicAuth(call.headers.authorization)
  const credential = credentials.find(basic?.password ?? bearerToken(call.headers.authorization) ?? '')
  if (!credential || !credentials.usable(credential)) return null
  if (!basic) return credential.kind === 'access' ? credential : null
  return credential.kind === 'personal' && credential.person.email === basic.user ? credential : null
}

type ApiHandler = (call: ApiCall) => Reply | Promise<Reply>

/** One line of the API's table. */
export const api = (line: string, need: Need, handle: ApiHandler): Route =>
  route(line, (call) => {
    const credential = asker(call)
    if (!credential) return refusal(basicAuth(call.headers.authorization) !== null)
    const limit = call.forge.settings.rateLimit
    const window = rateWindow(call.forge, `user ${credential.person.id}`, HOUR)
    window.used += 1
    if (limit !== null && window.used > limit) {
      return failure(429, 'Rate limit for this resource has been exceeded')
    }
    if (!has(credential, need)) {
      const detail = { granted: credential.scopes, required: named(credential, need) }
      return failure(403, 'Your credentials lack one or more required privilege scopes.', { detail })
    }
    credential.lastUsedAt = call.forge.clock.now()
    return handle({ ...call, credential })
  })

/** Where the API begins in an address. */
export const apiUrl = (call: Pick<Call, 'forge'>): string => `${call.forge.address}/2.0`

type RepositoryHandler = (call: ApiCall, repository: Repository) => Reply | Promise<Reply>

const findRepository = (call: Call): Repository | null => {
  const { workspace = '', slug = '' } = call.params
  const { world } = call.forge
  const byUuid = slug.startsWith('{') ? world.repositories().find((one) => repositoryUuid(one) === slug) : undefined
  return byUuid ?? world.findRepository(`${workspace}/${slug}`)
}

/** A route below one repository, named by slug or by its UUID in braces. */
export const repositoryApi = (line: string, need: Need, role: Role, handle: RepositoryHandler): Route => {
  const [method = '', suffix = ''] = line.split(' ')
  return api(`${method} /repositories/:workspace/:slug${suffix}`, need, (call) => {
    const repository = findRepository(call)
    const held = repository && call.forge.world.role(call.credential.person, repository)
    if (!repository || !held) {
      return failure(
        404,
        'You may not have access to this repository or it no longer exists in this workspace. If you think this repository exists and you have access, make sure you are authenticated.',
      )
    }
    return atLeast(held, role) ? handle(call, repository) : failure(403, `Access denied. You must have ${role} access.`)
  })
}

const MOST = 100

/** A page with `next` in its body; there is no `Link` header on Bitbucket. */
export function paged<T>(call: ApiCall, rows: readonly T[], shape: (row: T) => unknown, address: string): Reply {
  const size = positive(call.query.get('pagelen'), 10)
  if (size > MOST) return failure(400, 'Invalid pagelen')
  const page = positive(call.query.get('page'), 1)
  const values = rows.slice((page - 1) * size, page * size)
  const target = (number: number): string => withParameters(address, call.query, { page: String(number) })
  return json(200, {
    values: values.map(shape),
    pagelen: size,
    size: rows.length,
    page,
    ...(page * size < rows.length ? { next: target(page + 1) } : {}),
    ...(page > 1 ? { previous: target(page - 1) } : {}),
  })
}
