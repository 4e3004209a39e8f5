import type { Repository } from '../entities'
import type { Delivery, Hook } from '../hooks'
import { json, jsonText, type Reply } from '../reply'
import type { Route } from '../router'
import { type ApiCall, repositoryApi } from './api'
import { notFound } from './errors'
import { hookUrl, outcome } from './hook-shape'

/** Real numbers of deliveries are beyond 2^53, so that `JSON.parse` makes two of them the same. */
const beyond = 2n ** 53n
const numberOf = ({ id }: Delivery): string => String(beyond + BigInt(id))
/** The id as a number, which `JSON.stringify` can't write. */
const exact = (value: unknown): string => JSON.stringify(value).replace(/"id":"(\d+)"/g, '"id":$1')

const deliveryShape = (delivery: Delivery) => ({
  id: numberOf(delivery),
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
        all.findIndex((one) => `v1_${numberOf(one)}` === cursor),
      )
    : 0
  const size = Math.min(Number(call.query.get('per_page') ?? 30), 100)
  const next = all[start + size]
  const link =
    next &&
    `<${hookUrl(call, repository, hook.id)}/deliveries?per_page=${size}&cursor=v1_${numberOf(next)}>; rel="next"`
  return jsonText(200, exact(all.slice(start, start + size).map(deliveryShape)), link ? { link } : {})
}

const oneDelivery = (call: ApiCall, hook: Hook): Delivery | null =>
  call.forge.hooks.deliveries(hook).find((one) => numberOf(one) === call.params.delivery) ?? null

const redeliver = (call: ApiCall, _: Repository, hook: Hook): Reply => {
  const delivery = oneDelivery(call, hook)
  if (!delivery) return notFound()
  const { headers, body } = delivery.request
  void call.forge.hooks.deliver(hook, { event: delivery.event, guid: delivery.guid, headers, body }, true)
  return json(202, {})
}

type HookHandler = (call: ApiCall, repository: Repository, hook: Hook) => Reply | Promise<Reply>

/** Finds the hook that the address names. */
export const inHook = (handle: HookHandler) => (call: ApiCall, repository: Repository) => {
  const hook = call.forge.hooks.find(repository.id, call.params.hook ?? '')
  return hook ? handle(call, repository, hook) : notFound()
}

/** What a hook route asks of the caller. */
export const hookRule = (scope: 'read' | 'write' | 'admin') => ({
  scopes: [`${scope}:repo_hook`, ...(scope === 'admin' ? ['repo'] : [])],
  permission: ['repository_hooks', scope === 'read' ? 'read' : 'write'] as const,
  role: 'admin' as const,
})

/** The log of what was delivered; docs.github.com, "REST API endpoints for repository webhooks". */
export const deliveryRoutes: readonly Route[] = [
  ...repositoryApi('GET /hooks/:hook/deliveries', hookRule('read'), inHook(deliveries)),
  ...repositoryApi(
    'GET /hooks/:hook/deliveries/:delivery',
    hookRule('read'),
    inHook((call, _, hook) => {
      const delivery = oneDelivery(call, hook)
      return delivery ? jsonText(200, exact(deliveryDetail(delivery))) : notFound()
    }),
  ),
  ...repositoryApi('POST /hooks/:hook/deliveries/:delivery/attempts', hookRule('write'), inHook(redeliver)),
]
