import { isRecord } from '../call'
import type { Repository } from '../entities'
import type { Hook } from '../hooks'
import { json, noContent, type Reply } from '../reply'
import type { Route } from '../router'
import { isLoopback, parseUrl } from '../sign-in'
import { type ApiCall, apiUrl, failure, notFound, paged, repositoryApi } from './api'
import { NEEDS } from './scopes'
import { repositoryShape } from './shapes'

type Fields = Readonly<Record<string, unknown>>

const SECRET_LENGTH = 128

const hooksUrl = (call: ApiCall, repository: Repository): string =>
  `${apiUrl(call)}/repositories/${repository.owner.login}/${repository.name}/hooks`

const shape = (call: ApiCall, repository: Repository, hook: Hook) => ({
  type: 'webhook_subscription',
  uuid: `{${hook.uuid}}`,
  url: hook.url,
  description: hook.extra.description ?? '',
  subject_type: 'repository',
  subject: repositoryShape(call.forge, repository, null),
  active: hook.active,
  created_at: new Date(hook.createdAt).toISOString(),
  events: hook.events,
  secret_set: hook.secret !== null,
  skip_cert_verification: hook.insecureSsl,
  links: { self: { href: `${hooksUrl(call, repository)}/${encodeURIComponent(`{${hook.uuid}}`)}` } },
})

const texts = (value: unknown): readonly string[] | null =>
  Array.isArray(value) && value.every((one): one is string => typeof one === 'string') ? value : null

/** What is wrong with the fields of a hook, for a new one or for a whole replacement. */
const problemOf = (call: ApiCall, fields: Fields): string | null => {
  const url = typeof fields.url === 'string' ? parseUrl(fields.url) : null
  if (!url || !/^https?:$/.test(url.protocol)) return 'Enter a valid URL.'
  if (!call.forge.settings.localHooks && isLoopback(url, true)) return 'The URL must resolve to a public address.'
  const events = texts(fields.events)
  if (!events || events.length === 0) return 'At least one event is required.'
  const { secret } = fields
  return typeof secret === 'string' && secret.length > SECRET_LENGTH ? 'The secret is too long.' : null
}

const withBody =
  (handle: (call: ApiCall, repository: Repository, fields: Fields) => Reply) =>
  async (call: ApiCall, repository: Repository): Promise<Reply> => {
    const body = await call.json()
    const problem = isRecord(body) ? problemOf(call, body) : 'The body is not an object.'
    return problem === null && isRecord(body) ? handle(call, repository, body) : failure(400, problem ?? 'Bad request')
  }

const create = withBody((call, repository, fields) => {
  const hook = call.forge.hooks.add({
    repositoryId: repository.id,
    url: String(fields.url),
    secret: typeof fields.secret === 'string' && fields.secret !== '' ? fields.secret : null,
    events: texts(fields.events) ?? [],
    active: fields.active !== false,
    contentType: 'json',
    insecureSsl: fields.skip_cert_verification === true,
    extra: { description: fields.description },
  })
  return json(201, shape(call, repository, hook))
})

/** A secret that is left out stays; `null` clears it. */
const replace = (hook: Hook) =>
  withBody((call, repository, fields) => {
    Object.assign(hook, {
      url: String(fields.url),
      events: texts(fields.events) ?? [],
      active: fields.active !== false,
    })
    if (fields.secret !== undefined) hook.secret = typeof fields.secret === 'string' ? fields.secret : null
    if (fields.description !== undefined) hook.extra = { description: fields.description }
    call.forge.hooks.touch(hook)
    return json(200, shape(call, repository, hook))
  })

type HookHandler = (call: ApiCall, repository: Repository, hook: Hook) => Reply | Promise<Reply>

const inHook = (handle: HookHandler) => (call: ApiCall, repository: Repository) => {
  const hook = call.forge.hooks.find(repository.id, call.params.hook ?? '')
  return hook ? handle(call, repository, hook) : notFound()
}

/** Webhooks. There is no way to ping or test one. */
export const hookRoutes: readonly Route[] = [
  repositoryApi('GET /hooks', NEEDS.readHooks, 'admin', (call, repository) =>
    paged(
      call,
      call.forge.hooks.of(repository.id),
      (hook) => shape(call, repository, hook),
      hooksUrl(call, repository),
    ),
  ),
  repositoryApi('POST /hooks', NEEDS.writeHooks, 'admin', create),
  repositoryApi(
    'GET /hooks/:hook',
    NEEDS.readHooks,
    'admin',
    inHook((call, repository, hook) => json(200, shape(call, repository, hook))),
  ),
  repositoryApi(
    'PUT /hooks/:hook',
    NEEDS.writeHooks,
    'admin',
    inHook((call, repository, hook) => replace(hook)(call, repository)),
  ),
  repositoryApi(
    'DELETE /hooks/:hook',
    NEEDS.deleteHooks,
    'admin',
    inHook((call, _, hook) => {
      call.forge.hooks.remove(hook)
      return noContent()
    }),
  ),
]
