import { randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Clock } from './clock'
import { parseUrl } from './sign-in'

/** A webhook of one repository. Dialects keep what only they know in `extra`. */
export interface Hook {
  readonly id: number
  readonly uuid: string
  readonly repositoryId: number
  url: string
  secret: string | null
  events: readonly string[]
  active: boolean
  contentType: 'json' | 'form'
  /** Whether the receiver's certificate is not checked. */
  insecureSsl: boolean
  extra: Readonly<Record<string, unknown>>
  readonly createdAt: number
  updatedAt: number
}

/** One call of a webhook and what came of it. */
export interface Delivery {
  readonly id: number
  readonly guid: string
  readonly hookId: number
  readonly event: string
  readonly redelivery: boolean
  readonly deliveredAt: number
  /** Seconds. */
  readonly duration: number
  readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  /** Null when nobody answered; the reason is in `failure`. */
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  } | null
  readonly failure: string | null
}

/** What is sent: the dialect builds and signs it, for it alone knows the headers. */
export interface Message {
  readonly event: string
  readonly guid: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Webhooks of all repositories, and the log of their deliveries. */
export interface Hooks {
  add(hook: Omit<Hook, 'id' | 'uuid' | 'createdAt' | 'updatedAt'>): Hook
  of(repositoryId: number): readonly Hook[]
  find(repositoryId: number, id: string | number): Hook | null
  touch(hook: Hook): void
  remove(hook: Hook): void
  removeOf(repositoryId: number): void
  /** Oldest first. */
  deliveries(hook: Hook): readonly Delivery[]
  /** Sends over real HTTP, once, and writes down what came back. Never throws. */
  deliver(hook: Hook, message: Message, redelivery?: boolean): Promise<Delivery>
  /** Settles when all deliveries under way have ended. */
  idle(): Promise<void>
}

/** How long a receiver may take. GitHub and GitLab wait 10 seconds. */
const PATIENCE = 10_000
/** How much of a receiver's answer is kept. */
const KEPT = 16 * 1024

type Response = NonNullable<Delivery['response']>

const post = (url: URL, message: Message, insecure: boolean): Promise<Response> =>
  new Promise((resolve, reject) => {
    const headers = { ...message.headers, 'content-length': String(Buffer.byteLength(message.body)) }
    const options = { method: 'POST', headers, timeout: PATIENCE, rejectUnauthorized: !insecure }
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const sent = send(url, options, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        if (size < KEPT) chunks.push(chunk)
        size += chunk.length
      })
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
          body: Buffer.concat(chunks).subarray(0, KEPT).toString('utf8'),
        }),
      )
    })
    sent.on('timeout', () => sent.destroy(new Error('timed out')))
    sent.on('error', reject)
    sent.end(message.body)
  })

/** No hooks yet. */
export function noHooks(clock: Clock): Hooks {
  const hooks = new Map<number, Hook>()
  const log = new Map<number, Delivery[]>()
  const underWay = new Set<Promise<unknown>>()
  let nextHook = 7_001
  let nextDelivery = 90_001

  const attempt = async (hook: Hook, message: Message, redelivery: boolean): Promise<Delivery> => {
    const started = performance.now()
    const url = parseUrl(hook.url)
    const outcome = url
      ? await post(url, message, hook.insecureSsl).then(
          (response) => ({ response, failure: null }),
          (error: unknown) => ({ response: null, failure: error instanceof Error ? error.message : String(error) }),
        )
      : { response: null, failure: 'not an address' }
    const delivery: Delivery = {
      id: nextDelivery++,
      guid: message.guid,
      hookId: hook.id,
      event: message.event,
      redelivery,
      deliveredAt: clock.now(),
      duration: Math.round(performance.now() - started) / 1000,
      request: { url: hook.url, headers: message.headers, body: message.body },
      ...outcome,
    }
    log.set(hook.id, [...(log.get(hook.id) ?? []), delivery])
    return delivery
  }

  const listed = (repositoryId: number): readonly Hook[] =>
    [...hooks.values()].filter((hook) => hook.repositoryId === repositoryId)

  return {
    add: (hook) => {
      const added = { ...hook, id: nextHook++, uuid: randomUUID(), createdAt: clock.now(), updatedAt: clock.now() }
      hooks.set(added.id, added)
      return added
    },
    of: listed,
    find: (repositoryId, id) =>
      listed(repositoryId).find((hook) => String(hook.id) === String(id) || `{${hook.uuid}}` === id) ?? null,
    touch: (hook) => {
      hook.updatedAt = clock.now()
    },
    remove: (hook) => {
      hooks.delete(hook.id)
    },
    removeOf: (repositoryId) => {
      for (const hook of listed(repositoryId)) hooks.delete(hook.id)
    },
    deliveries: (hook) => log.get(hook.id) ?? [],
    deliver: (hook, message, redelivery = false) => {
      const delivery = attempt(hook, message, redelivery)
      underWay.add(delivery)
      void delivery.finally(() => underWay.delete(delivery))
      return delivery
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.allSettled([...underWay])
    },
  }
}
