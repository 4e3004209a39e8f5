import { isoTime } from '../clock'
import type { Repository } from '../entities'
import type { Delivery, Hook } from '../hooks'
import { type ApiCall, apiUrl } from './api'

const MASK = '********'

/** Where a hook lies in the API. */
export const hookUrl = (call: ApiCall, repository: Repository, id: number): string =>
  `${apiUrl(call)}/repos/${repository.owner.login}/${repository.name}/hooks/${id}`

/** What came of a delivery, in GitHub's words. */
export const outcome = (
  delivery: Delivery,
): { readonly code: number; readonly status: string; readonly message: string } => {
  if (!delivery.response)
    return { code: 502, status: 'failed', message: delivery.failure ?? 'failed to connect to host' }
  const { status } = delivery.response
  return status >= 200 && status < 300
    ? { code: status, status: 'active', message: 'OK' }
    : { code: status, status: 'failed', message: `Invalid HTTP Response: ${status}` }
}

/** A hook as the API gives it; its secret is never told. */
export const hookShape = (call: ApiCall, repository: Repository, hook: Hook) => {
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
