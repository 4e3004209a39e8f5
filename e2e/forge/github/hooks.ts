import { isRecord } from '../call'
import { isoTime } from '../clock'
import type { Repository } from '../entities'
import type { Delivery, Hook } from '../hooks'
import { json, noContent, type Reply, withHeaders } from '../reply'
import type { Route } from '../router'
import { parseUrl } from '../sign-in'
import { type ApiCall, apiUrl, repositoryApi } from './api'
import { invalid, notFound, unprocessable } from './errors'
import { githubMessage, sendLatestPush } from './push-event'
import { listing } from './repositories'
import { repositoryShape } from './shapes'

const MASK = '********'

const hookUrl = (call: ApiCall, repository: Repository, id: number): string =>
  `${apiUrl(call)}/repos/${repository.owner.login}/${repository.name}/hooks/${id}`

const outcome = (delivery: Delivery): { readonly code: number; readonly status: string; readonly message: string } => {
  if (!delivery.response)
    return { code: 502, status: 'failed', message: delivery.failure ?? 'failed to connect to host' }
  const { status } = delivery.response
  return status >= 200 && status < 300
    ? { code: status, status: 'active', message: 'OK' }
    : { code: status, status: 'failed', message: `Invalid HTTP Response: ${status}` }
}

const shape = (call: ApiCall, repository: Repository, hook: Hook) => {
  const url = hookUrl(call, repository, hook.id)
  const last = call.forge.hooks.deliveries(hook).at(-1)
  return {
    type: 'Repository',
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: {
      content_type: hook.contentType,
      insecure_ssl: hook.insecureSsl ? '1' : '0',
      ...(hook.secret ? { secret: MASK } : {}),
      url: hook.url,
    },
    updated_at: isoTime(hook.updatedAt),
    created_at: isoTime(hook.createdAt),
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: last ? outcome(last) : { code: null, status: 'unused', message: null },
  }
}

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
      hook: shape(call, repository, hook),
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
  return withHeaders(json(201, shape(call, repository, hook)), { location: hookUrl(call, repository, hook.id) })
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
  return json(200, shape(call, repository, hook))
}

const deliveryShape = (delivery: Delivery) => ({
  id: delivery.id,
  guid: delivery.guid,
  delivered_at: new Date(delivery.deliveredAt).toISOString(),
  redelivery: delivery.redelivery,
  duration: delivery.duration,
  status: outcome(delivery).message,
  status_code: outcome(delivery).code,
  event: delivery.event,
  action: null,
  installation_id: null,
  repository_id: null,
  throttled_at: null,
})

const parsedPayload = (body: string): unknown => {
  const text = body.startsWith('payload=') ? (new URLSearchParams(body).get('payload') ?? '') : body
  return JSON.parse(text)
}

const deliveryDetail = (delivery: Delivery) => ({
  ...deliveryShape(delivery),
  url: delivery.request.url,
  request: { headers: delivery.request.headers, payload: parsedPayload(delivery.request.body) },
  response: { headers: delivery.response?.headers ?? {}, payload: delivery.response?.body ?? null },
})

/** Newest first, and a cursor in the next link instead of a page number. */
const deliveries = (call: ApiCall, repository: Repository, hook: Hook): Reply => {
  const all = [...call.forge.hooks.deliveries(hook)].reverse()
  const cursor = call.query.get('cursor')
  const start = cursor
    ? Math.max(
        0,
        all.findIndex((one) => `v1_${one.id}` === cursor),
      )
    : 0
  const size = Math.min(Number(call.query.get('per_page') ?? 30), 100)
  const next = all[start + size]
  const link =
    next && `<${hookUrl(call, repository, hook.id)}/deliveries?per_page=${size}&cursor=v1_${next.id}>; rel="next"`
  return json(200, all.slice(start, start + size).map(deliveryShape), link ? { link } : {})
}

const oneDelivery = (call: ApiCall, hook: Hook): Delivery | null =>
  call.forge.hooks.deliveries(hook).find((one) => String(one.id) === call.params.delivery) ?? null

const redeliver = (call: ApiCall, _: Repository, hook: Hook): Reply => {
  const delivery = oneDelivery(call, hook)
  if (!delivery) return notFound()
  const { headers, body } = delivery.request
  void call.forge.hooks.deliver(hook, { event: delivery.event, guid: delivery.guid, headers, body }, true)
  return json(202, {})
}

type HookHandler = (call: ApiCall, repository: Repository, hook: Hook) => Reply | Promise<Reply>

const one = (handle: HookHandler) => (call: ApiCall, repository: Repository) => {
  const hook = call.forge.hooks.find(repository.id, call.params.hook ?? '')
  return hook ? handle(call, repository, hook) : notFound()
}

const rule = (scope: 'read' | 'write' | 'admin') => ({
  scopes: [`${scope}:repo_hook`, ...(scope === 'admin' ? ['repo'] : [])],
  permission: ['repository_hooks', scope === 'read' ? 'read' : 'write'] as const,
  role: 'admin' as const,
})

/** Webhooks of a repository; docs.github.com, "REST API endpoints for repository webhooks". */
export const hookRoutes: readonly Route[] = [
  ...repositoryApi('GET /hooks', rule('read'), (call, repository) =>
    listing(
      call,
      call.forge.hooks.of(repository.id),
      (hook) => shape(call, repository, hook),
      `${apiUrl(call)}/repositories/${repository.id}/hooks`,
    ),
  ),
  ...repositoryApi('POST /hooks', rule('write'), create),
  ...repositoryApi(
    'GET /hooks/:hook',
    rule('read'),
    one((call, repository, hook) => json(200, shape(call, repository, hook))),
  ),
  ...repositoryApi(
    'PATCH /hooks/:hook',
    rule('write'),
    one((call, repository, hook) =>
      withBody((...rest) => changeHook(rest[0], rest[1], hook, rest[2]))(call, repository),
    ),
  ),
  ...repositoryApi(
    'DELETE /hooks/:hook',
    rule('admin'),
    one((call, _, hook) => {
      call.forge.hooks.remove(hook)
      return noContent()
    }),
  ),
  ...repositoryApi(
    'POST /hooks/:hook/pings',
    rule('read'),
    one((call, repository, hook) => {
      void ping(call, repository, hook)
      return noContent()
    }),
  ),
  ...repositoryApi(
    'POST /hooks/:hook/tests',
    rule('read'),
    one((call, repository, hook) => {
      if (call.credential) void sendLatestPush(call.forge, repository, call.credential.person, hook)
      return noContent()
    }),
  ),
  ...repositoryApi('GET /hooks/:hook/deliveries', rule('read'), one(deliveries)),
  ...repositoryApi(
    'GET /hooks/:hook/deliveries/:delivery',
    rule('read'),
    one((call, _, hook) => {
      const delivery = oneDelivery(call, hook)
      return delivery ? json(200, deliveryDetail(delivery)) : notFound()
    }),
  ),
  ...repositoryApi('POST /hooks/:hook/deliveries/:delivery/attempts', rule('write'), one(redeliver)),
]
