import type { Webhook } from '../../../src-preload/contract/entities/webhook'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import type { webhooks } from '../../../src-preload/contract/webhooks'
import type { Clock } from '../../clock'
import type { Secret } from '../../credentials/secret'
import type { Vault } from '../../credentials/vault'
import type { Fetch } from '../../network/fetch'
import type { RemoteRepositoryRef, WebhookAbility } from '../../providers/provider'
import type { AppRecord } from '../apps/apps-document'
import type { AppAccess } from '../apps/create-apps'
import type { ReceiverStatus } from '../servers/receivers'
import { sendSample } from './sample-event'
import { nextSecretName, secretName, type WebhookRecord } from './webhooks-document'

export type WebhookHandlers = Handlers<typeof webhooks>

/** What the window's methods are made of. */
export interface WebhookHandlerParts {
  readonly vault: Vault
  readonly apps: AppAccess
  readonly fetch: Fetch
  readonly copy: (text: string) => Promise<string>
  readonly clock: Clock
  readonly inTurn: <T>(appId: string, act: () => Promise<T>) => Promise<T>
  readonly record: (appId: string) => WebhookRecord
  readonly put: (record: WebhookRecord) => Promise<WebhookRecord>
  readonly present: (appId: string) => Webhook
  readonly ability: (app: AppRecord) => WebhookAbility | null
  readonly repositoryOf: (app: AppRecord) => RemoteRepositoryRef
  readonly addressOf: (app: AppRecord, hook: WebhookRecord) => string
  readonly mend: (appId: string) => Promise<WebhookRecord>
  readonly look: (appId: string) => Promise<WebhookRecord>
  readonly drop: (appId: string) => Promise<void>
  readonly awaitArrival: (appId: string, since: number) => Promise<boolean>
  readonly settleTrigger: (appId: string) => Promise<void>
  readonly secretOf: (appId: string) => Promise<Secret | null>
  readonly onServer: (app: AppRecord, hook: WebhookRecord, secrets: readonly Secret[]) => Promise<ReceiverStatus>
  readonly newSecret: (signature: WebhookRecord['signature']) => Secret
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
  const { apps, present, inTurn } = parts

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
        await parts.look(appId)
        await parts.settleTrigger(appId)
        return present(appId)
      }),
    repair: ({ appId }) =>
      acting(appId, async () => {
        await parts.mend(appId)
        await parts.look(appId)
      }),
    test: ({ appId }) =>
      inTurn(appId, async () => {
        const app = apps.record(appId)
        const hook = parts.record(appId)
        const secret = await parts.secretOf(appId)
        const { url, remote, signature } = hook
        if (url === null || secret === null) throw new Failure('hook-unreached', {})
        const since = parts.clock.now()
        const able = parts.ability(app)
        if (able?.test !== undefined && remote !== null) await able.test(parts.repositoryOf(app), remote.id)
        else await sendSample(parts.fetch, { url, signature, secret })
        const arrived = await parts.awaitArrival(appId, since)
        await parts.look(appId)
        await parts.settleTrigger(appId)
        if (!arrived) throw new Failure('hook-unreached', { url })
        return present(appId)
      }),
    rotateSecret: ({ appId }) =>
      acting(appId, async () => {
        const app = apps.record(appId)
        const hook = parts.record(appId)
        const old = await parts.secretOf(appId)
        const next = parts.newSecret(hook.signature)
        // Kept before anybody is told of it: after a kill both are known, and the old one is taken still.
        await parts.vault.set(nextSecretName(appId), next)
        await parts.onServer(app, hook, old === null ? [next] : [next, old])
        const able = parts.ability(app)
        if (able !== null && hook.remote !== null) {
          await able.update(parts.repositoryOf(app), hook.remote.id, { url: hook.url ?? '', secret: next })
        }
        await parts.vault.set(secretName(appId), next)
        await parts.vault.delete(nextSecretName(appId))
        // A hook made by hand still sends the old one until the person has pasted the new one there.
        await parts.onServer(app, hook, able === null && old !== null ? [next, old] : [next])
        await parts.look(appId)
      }),
    remove: ({ appId }) => acting(appId, () => parts.drop(appId)),
    setUrl: ({ appId, url }) =>
      acting(appId, async () => {
        const ownUrl = url === null ? null : requireUrl(url)
        await parts.put({ ...parts.record(appId), ownUrl })
        await parts.mend(appId)
        await parts.look(appId)
      }),
    copySecret: async ({ appId }) => {
      apps.record(appId)
      const secret = await parts.secretOf(appId)
      if (secret === null) throw new Failure('not-found', { what: 'webhook' })
      return parts.copy(secret.reveal())
    },
  }
}
