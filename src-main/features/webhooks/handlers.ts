import type { Webhook } from '../../../src-preload/contract/entities/webhook'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import type { webhooks } from '../../../src-preload/contract/webhooks'
import type { Fetch } from '../../network/fetch'
import { lookAtWebhook } from './look-at-webhook'
import { watchArrivals } from './prove-webhook'
import { rotateSecret } from './rotate-secret'
import { sendSample } from './sample-event'
import { repositoryOf, type WebhookContext } from './webhook-context'

export type WebhookHandlers = Handlers<typeof webhooks>

/** What the window's methods are made of. */
export interface WebhookHandlerParts {
  readonly context: WebhookContext
  readonly fetch: Fetch
  readonly copy: (text: string) => Promise<string>
  readonly inTurn: <T>(appId: string, act: () => Promise<T>) => Promise<T>
  readonly present: (appId: string) => Webhook
  readonly mendAndProve: (appId: string, sure: boolean) => Promise<void>
  readonly drop: (appId: string) => Promise<void>
  readonly settleTrigger: (appId: string) => Promise<void>
  readonly refused: (appId: string, error: unknown) => Promise<void>
}

/** An address that a provider can call. @throws Failure `address-refused` */
const requireUrl = (text: string): string => {
  let url: URL
  try {
    url = new URL(text)
  } catch (cause) {
    throw new Failure('address-refused', { reason: 'host-invalid' }, { cause })
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Failure('address-refused', { reason: 'scheme' })
  if (url.username !== '' || url.password !== '') throw new Failure('address-refused', { reason: 'credentials' })
  return url.href
}

export const createWebhookHandlers = (parts: WebhookHandlerParts): WebhookHandlers => {
  const { context, present, inTurn } = parts
  const { apps, record, secretOf } = context

  /** Does it in turn, lets the trigger follow, and keeps a refusal to be looked at. */
  const acting = (appId: string, act: () => Promise<unknown>): Promise<Webhook> =>
    inTurn(appId, async () => {
      try {
        await act()
      } catch (error) {
        await parts.refused(appId, error)
        await parts.settleTrigger(appId)
        throw error
      }
      await parts.settleTrigger(appId)
      return present(appId)
    })

  return {
    get: async ({ appId }) => {
      apps.record(appId)
      return present(appId)
    },
    check: ({ appId }) =>
      inTurn(appId, async () => {
        await lookAtWebhook(context, appId)
        await parts.settleTrigger(appId)
        return present(appId)
      }),
    repair: ({ appId }) => acting(appId, () => parts.mendAndProve(appId, true)),
    test: ({ appId }) =>
      inTurn(appId, async () => {
        const app = apps.record(appId)
        const { url, remote, signature } = record(appId)
        const secret = await secretOf(appId)
        if (url === null || secret === null) throw new Failure('hook-unreached', {})
        const able = remote === null ? null : context.ability(app)
        const arrival = await watchArrivals(context, app, false)
        if (able?.test !== undefined && remote !== null) await able.test(repositoryOf(app), remote.id)
        else await sendSample(parts.fetch, { url, signature, secret })
        const arrived = await arrival()
        const { reason } = await lookAtWebhook(context, appId)
        await parts.settleTrigger(appId)
        if (!arrived) throw new Failure(reason?.code === 'hook-signature' ? reason.code : 'hook-unreached', { url })
        return present(appId)
      }),
    rotateSecret: ({ appId }) =>
      inTurn(appId, async () => {
        try {
          await rotateSecret(context, appId)
        } finally {
          await parts.settleTrigger(appId)
        }
        return present(appId)
      }),
    remove: ({ appId }) => acting(appId, () => parts.drop(appId)),
    setUrl: ({ appId, url }) =>
      acting(appId, async () => {
        const ownUrl = url === null ? null : requireUrl(url)
        await context.put({ ...record(appId), ownUrl })
        await parts.mendAndProve(appId, true)
      }),
    copySecret: async ({ appId }) => {
      apps.record(appId)
      const secret = await secretOf(appId)
      if (secret === null) throw new Failure('not-found', { what: 'webhook' })
      return parts.copy(secret.reveal())
    },
  }
}
