import { basicAuth, bearerToken, type Call } from '../call'
import type { Credential } from '../credentials'
import { accountPath, atLeast, type Person, type Repository, type Role } from '../entities'
import type { ForgeState } from '../forge-state'
import { cutPage, linkHeader, withParameters } from '../paging'
import { json, type Reply } from '../reply'
import { type Route, route } from '../router'
import { has } from './scopes'

/** A request to the REST API, with who asks. */
export interface ApiCall extends Call {
  /** Null for nobody, and for somebody who came with a password. */
  readonly credential: Credential | null
  readonly person: Person | null
}

/** What a route of the API asks of the caller. */
export interface Rule {
  /** All of these are needed. */
  readonly scopes: readonly string[]
  /** Whether nobody may ask as well; then only what is public is shown. */
  readonly anyone?: boolean
}

/** A refusal carries the address of the API's description. */
export const failure = (call: Pick<Call, 'forge'>, status: number, message: string): Reply =>
  json(status, { message, url: `${call.forge.address}/api/swagger` })

export const notFound = (call: Pick<Call, 'forge'>): Reply =>
  json(404, { errors: null, message: 'The target couldn’t be found.', url: `${call.forge.address}/api/swagger` })

/** A token by `token` or `Bearer`, or as either half of a Basic header. */
const tokenOf = (forge: ForgeState, header: string | undefined): Credential | null => {
  const basic = basicAuth(header)
  const given = basic ? [basic.password, basic.user] : [bearerToken(header, ['bearer', 'token']) ?? '']
  const known = given.map((value) => forge.credentials.find(value)).find((one) => one !== null) ?? null
  return known && known.kind !== 'refresh' && forge.credentials.usable(known) ? known : null
}

const personByPassword = (forge: ForgeState, header: string | undefined): Person | null => {
  const basic = basicAuth(header)
  const person = basic ? forge.world.findPerson(basic.user) : null
  return person && person.password === basic?.password ? person : null
}

type ApiHandler = (call: ApiCall) => Reply | Promise<Reply>

/** One line of the API's table. */
export const api = (line: string, rule: Rule, handle: ApiHandler): Route =>
  route(line, (call) => {
    const { forge, headers } = call
    const credential = tokenOf(forge, headers.authorization)
    const person = credential?.person ?? personByPassword(forge, headers.authorization)
    if (!person && forge.settings.signInRequired) {
      return failure(call, 403, 'Only signed in user is allowed to call APIs.')
    }
    if (!person && !rule.anyone) return failure(call, 401, 'token is required')
    const missing = credential ? rule.scopes.find((scope) => !has(credential, scope)) : undefined
    if (missing) return failure(call, 403, `token does not have at least one of required scope(s): [${missing}]`)
    if (credential) credential.lastUsedAt = forge.clock.now()
    return handle({ ...call, credential, person })
  })

/** Where the API begins in an address. */
export const apiUrl = (call: Pick<Call, 'forge'>): string => `${call.forge.address}/api/v1`

type RepositoryHandler = (call: ApiCall, repository: Repository) => Reply | Promise<Reply>

/** A route below one repository. One that was renamed redirects (307) to the same address under its new name. */
export const repositoryApi = (line: string, rule: Rule, role: Role, handle: RepositoryHandler): readonly Route[] => {
  const [method = '', suffix = ''] = line.split(' ')
  return [
    api(`${method} /repos/:owner/:repo${suffix}`, rule, (call) => {
      const { world } = call.forge
      const path = `${call.params.owner}/${call.params.repo}`
      const found = world.findRepository(path)
      const repository = found ?? world.formerly(path)
      const held = repository && world.role(call.person, repository)
      if (!repository || !held) return notFound(call)
      if (!found) {
        const moved = `${accountPath(repository.owner)}/${repository.name}`
        const rest = call.path
          .split('/')
          .slice(6)
          .map((segment) => `/${segment}`)
          .join('')
        const query = call.query.size > 0 ? `?${call.query}` : ''
        return json(307, {}, { location: `${call.forge.basePath}/api/v1/repos/${moved}${rest}${query}` })
      }
      return atLeast(held, role)
        ? handle(call, repository)
        : failure(call, 403, 'user should be an owner or a collaborator with admin write of a repository')
    }),
  ]
}

/** 30 unless asked; more than 50 silently gives 50. */
export const LIMITS = { default: 30, max: 50 }

/** A page with its `Link` and `X-Total-Count`. */
export function listing<T>(
  call: ApiCall,
  rows: readonly T[],
  shape: (row: T) => unknown,
  address: string,
  wrap: (rows: readonly unknown[]) => unknown = (shaped) => shaped,
): Reply {
  const page = cutPage(rows, { page: call.query.get('page'), size: call.query.get('limit') }, LIMITS)
  const target = (number: number): string =>
    withParameters(address, call.query, { limit: String(page.size), page: String(number) })
  const link = linkHeader(page, target, ['next', 'last', 'first', 'prev'])
  return json(200, wrap(page.rows.map(shape)), {
    'x-total-count': String(page.total),
    'access-control-expose-headers': 'X-Total-Count, Link',
    ...(link ? { link } : {}),
  })
}
