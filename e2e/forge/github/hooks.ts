import { isRecord } from '../call'
import type { Repository } from '../entities'
import type { Delivery, Hook } from '../hooks'
import { json, noContent, type Reply, withHeaders } from '../reply'
import type { Route } from '../router'
import { parseUrl } from '../sign-in'
import { type ApiCall, apiUrl, repositoryApi } from './api'
import { invalid, unprocessable } from './errors'
import { deliveryRoutes, hookRule, inHook } from './hook-deliveries'
import { hookShape, hookUrl } from './hook-shape'
import { githubMessage, sendLatestPush } from './push-event'
import { listing } from './repositories'
import { repositoryShape } from './shapes'

const KEYS = ['name', 'active', 'events', 'config', 'add_events', 'remove_events']

type Fields = Readonly<Record<string, unknown>>

const texts = (value: unknown): readonly string[] | null =>
  Array.isArray(value) && value.every((one): one is string => typeof one === 'string') ? value : null

/** Why a body cannot be one: it is no object, or has keys that the schema does not know. */
const problemOf = (body: unknown): string | null => {
  if (!isRecord(body)) return 'body is not an object.'
  const unknown = Object.keys(body).find((key) => !KEYS.includes(key))
  if (unknown) return `"${unknown}" is not a permitted key.`
  if (body.config !== undefined && !isRecord(body.config)) return '"config" is not an object.'
  if (body.events !== undefined && !texts(body.events)) return '"events" is not an array of strings.'
  return null
}

/** Hands on a body that holds, and refuses any other. */
const withBody =
  (handle: (call: ApiCall, repository: Repository, fields: Fields) => Reply) =>
  async (call: ApiCall, repository: Repository): Promise<Reply> => {
    const body = await call.json()
    const problem = problemOf(body)
    return problem === null && isRecord(body)
      ? handle(call, repository, body)
      : unprocessable(`Invalid request.\n\n${problem}`)
  }

const configOf = (body: Fields): Fields => (isRecord(body.config) ? body.config : {})

const duplicate = (
  call: ApiCall,
  repository: Repository,
  url: string,
  events: readonly string[],
  except?: Hook,
): boolean =>
  call.forge.hooks
    .of(repository.id)
    .some((hook) => hook !== except && hook.url === url && hook.events.some((event) => events.includes(event)))

const EXISTS = { resource: 'Hook', code: 'custom', message: 'Hook already exists on this repository' } as const

const ping = (call: ApiCall, repository: Repository, hook: Hook): Promise<Delivery> =>
  call.forge.hooks.deliver(
    hook,
    githubMessage(hook, 'ping', {
      zen: 'Approachable is better than simple.',
      hook_id: hook.id,
      hook: hookShape(call, repository, hook),
      repository: repositoryShape(call.forge, repository, 'admin'),
    }),
  )

const create = withBody((call, repository, fields) => {
  const config = configOf(fields)
  const url = config.url
  const web = typeof url === 'string' ? parseUrl(url) : null
  if (typeof url !== 'string' || !web || !/^https?:$/.test(web.protocol)) {
    return invalid({ resource: 'Hook', code: 'custom', field: 'url', message: 'url is not a valid URL' })
  }
  const events = texts(fields.events) ?? ['push']
  if (duplicate(call, repository, url, events)) return invalid(EXISTS)
  const hook = call.forge.hooks.add({
    repositoryId: repository.id,
    url,
    secret: typeof config.secret === 'string' && config.secret !== '' ? config.secret : null,
    events,
    active: fields.active !== false,
    contentType: config.content_type === 'json' ? 'json' : 'form',
    insecureSsl: String(config.insecure_ssl ?? '0') === '1',
    extra: {},
  })
  if (hook.active) void ping(call, repository, hook)
  return withHeaders(json(201, hookShape(call, repository, hook)), { location: hookUrl(call, repository, hook.id) })
})

const changeHook = (call: ApiCall, repository: Repository, hook: Hook, fields: Fields): Reply => {
  const config = configOf(fields)
  const events = texts(fields.events) ?? hook.events
  const added = texts(fields.add_events) ?? []
  const removed = texts(fields.remove_events) ?? []
  const url = typeof config.url === 'string' ? config.url : hook.url
  const wanted = [...new Set([...events, ...added])].filter((event) => !removed.includes(event))
  if (duplicate(call, repository, url, wanted, hook)) return invalid(EXISTS)
  Object.assign(hook, { url, events: wanted })
  if (typeof fields.active === 'boolean') hook.active = fields.active
  if (isRecord(fields.config)) {
    // A given config replaces the old one: a secret that is left out is gone.
    hook.secret = typeof config.secret === 'string' && config.secret !== '' ? config.secret : null
    hook.contentType = config.content_type === 'json' ? 'json' : 'form'
    hook.insecureSsl = String(config.insecure_ssl ?? '0') === '1'
  }
  call.forge.hooks.touch(hook)
  return json(200, hookShape(call, repository, hook))
}

/** Webhooks of a repository; docs.github.com, "REST API endpoints for repository webhooks". */
export const hookRoutes: readonly Route[] = [
  ...repositoryApi('GET /hooks', hookRule('read'), (call, repository) =>
    listing(
      call,
      call.forge.hooks.of(repository.id),
      (hook) => hookShape(call, repository, hook),
      `${apiUrl(call)}/repositories/${repository.id}/hooks`,
    ),
  ),
  ...repositoryApi('POST /hooks', hookRule('write'), create),
  ...repositoryApi(
    'GET /hooks/:hook',
    hookRule('read'),
    inHook((call, repository, hook) => json(200, hookShape(call, repository, hook))),
  ),
  ...repositoryApi(
    'PATCH /hooks/:hook',
    hookRule('write'),
    inHook((call, repository, hook) =>
      withBody((...rest) => changeHook(rest[0], rest[1], hook, rest[2]))(call, repository),
    ),
  ),
  ...repositoryApi(
    'DELETE /hooks/:hook',
    hookRule('admin'),
    inHook((call, _, hook) => {
      call.forge.hooks.remove(hook)
      return noContent()
    }),
  ),
  ...repositoryApi(
    'POST /hooks/:hook/pings',
    hookRule('read'),
    inHook((call, repository, hook) => {
      void ping(call, repository, hook)
      return noContent()
    }),
  ),
  ...repositoryApi(
    'POST /hooks/:hook/tests',
    hookRule('read'),
    inHook((call, repository, hook) => {
      if (call.credential) void sendLatestPush(call.forge, repository, call.credential.person, hook)
      return noContent()
    }),
  ),
  ...deliveryRoutes,
]
