import type { Webhook } from '../../../src-preload/contract/entities/webhook'
import { Failure } from '../../../src-preload/contract/outcome'
import { ownOf } from '../../../src-preload/contract/own'
import type { Clock } from '../../clock'
import type { Secret } from '../../credentials/secret'
import type { Vault } from '../../credentials/vault'
import { hookFields } from '../../deploy/receiver-hook'
import type { Announce } from '../../ipc/announce'
import type { Log } from '../../log/log'
import type { Fetch } from '../../network/fetch'
import type { WebhookAbility } from '../../providers/provider'
import type { Store } from '../../storage/store'
import type { AccountAccess } from '../accounts/account-access'
import { asData, asFailure } from '../accounts/failure-families'
import type { Made } from '../accounts/release-made'
import type { AppRecord } from '../apps/apps-document'
import type { AppAccess, AppHooks } from '../apps/create-apps'
import type { RemovalPlan, Removals } from '../apps/removals'
import type { ServerAccess } from '../servers/create-servers'
import type { ReceiverStatus } from '../servers/receivers'
import { createWebhookHandlers, type WebhookHandlers } from './handlers'
import { lookAtWebhook } from './look-at-webhook'
import { mendWebhook } from './mend-webhook'
import { proveWebhook } from './prove-webhook'
import { settleTrigger as settleTriggerOf } from './settle-trigger'
import type { WebhookContext } from './webhook-context'
import {
  blankWebhook,
  nextSecretName,
  secretName,
  type WebhookRecord,
  type WebhooksDocument,
} from './webhooks-document'

/** What the webhooks feature needs from the rest of the app. */
export interface WebhooksParts {
  readonly store: Store<WebhooksDocument>
  readonly vault: Vault
  readonly access: Pick<AccountAccess, 'open' | 'record'>
  readonly servers: Pick<ServerAccess, 'run' | 'get' | 'receivers'>
  readonly apps: AppAccess
  readonly removals: Pick<Removals, 'one'>
  /** The way out to the network, for test events. */
  readonly fetch: Fetch
  readonly copy: (text: string) => Promise<string>
  readonly announce: Announce
  readonly clock: Clock
  readonly log: Log
}

/** The webhooks feature. */
export interface Webhooks {
  readonly handlers: WebhookHandlers
  /** As apps use it. */
  readonly hooks: AppHooks
  /** The receiver of a server moved: the webhooks of its apps follow. Never rejects. */
  receiverMoved(serverId: string): Promise<void>
  /** Hooks that were made through an account. */
  madeBy(accountId: string): readonly Made[]
  /** Forgets the hooks that went with an account, and lets their apps be started in another way. */
  accountGone(accountId: string): Promise<void>
}

export const createWebhooks = (parts: WebhooksParts): Webhooks => {
  const { store, vault, servers, apps, clock } = parts

  const find = (appId: string): WebhookRecord | null => ownOf(store.read().webhooks, appId) ?? null
  const record = (appId: string): WebhookRecord => find(appId) ?? blankWebhook(appId)
  const put = async (next: WebhookRecord): Promise<WebhookRecord> => {
    await store.update(({ webhooks }) => ({ webhooks: { ...webhooks, [next.appId]: next } }))
    parts.announce('webhooks.changed', present(next.appId))
    return next
  }

  const ability = (app: AppRecord): WebhookAbility | null => {
    const { accountId, repositoryId } = app.source
    if (repositoryId === null) return null
    if (parts.access.record(accountId).kind === 'ssh') return null
    return parts.access.open(accountId).client.webhooks ?? null
  }
  const abilityOrNull = (app: AppRecord): WebhookAbility | null => {
    try {
      return ability(app)
    } catch (error) {
      // The account is gone: what is known of the webhook stays to be looked at.
      if (error instanceof Failure && error.code === 'not-found') return null
      throw error
    }
  }
  const present = (appId: string): Webhook => {
    const { hookId: _, remote: __, signature: ___, excused: ____, keepsLog, ...facts } = record(appId)
    const able = abilityOrNull(apps.record(appId))
    return {
      ...facts,
      kind: able === null ? 'by-hand' : 'provider',
      can: {
        test: facts.url !== null,
        deliveries: able?.deliveries !== undefined && keepsLog,
        repair: true,
      },
    }
  }

  const secretOf = async (appId: string): Promise<Secret | null> => vault.get(secretName(appId))

  /** Writes the hook on the server and has the receiver read it. @throws Failure `receiver-down`, `tool-missing` */
  const onServer = async (app: AppRecord, hook: WebhookRecord, secrets: readonly Secret[]): Promise<ReceiverStatus> => {
    const { source, folder, serverId } = app
    const fields = hookFields({
      id: hook.hookId,
      folder,
      signature: hook.signature,
      repository: hook.signature === 'any' ? null : source.repositoryId,
      secrets,
    })
    await servers.run(serverId, (pilot) => pilot.call('set-hook', fields))
    return servers.receivers.apply(serverId)
  }
  const context: WebhookContext = { ...parts, record, put, ability, secretOf, onServer }
  const look = (appId: string) => lookAtWebhook(context, appId)

  const settleTrigger = (appId: string) => settleTriggerOf(context, appId)

  const drop = async (appId: string): Promise<void> => {
    const hook = find(appId)
    if (hook === null) return
    const app = apps.record(appId)
    if (hook.remote !== null) {
      const steps = await parts.removals.one({
        shows: [{ what: 'webhook', name: hook.url ?? '' }],
        action: { kind: 'webhook', ...hook.remote },
      })
      const [step] = steps
      if (step?.failure && step.outcome !== 'removed') throw new Failure(step.failure.code, step.failure.facts)
    }
    await servers.run(app.serverId, (pilot) => pilot.call('drop-hook', [['hook', hook.hookId]]))
    await servers.receivers.apply(app.serverId)
    await vault.delete(secretName(appId))
    await put({ ...blankWebhook(appId), ownUrl: hook.ownUrl, checkedAt: clock.now() })
  }

  /** One thing after another to a webhook. */
  const turns = new Map<string, Promise<unknown>>()
  const inTurn = <T>(appId: string, act: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(appId) ?? Promise.resolve()).then(act, act)
    turns.set(appId, turn)
    void turn
      .catch(() => undefined)
      .finally(() => {
        if (turns.get(appId) === turn) turns.delete(appId)
      })
    return turn
  }

  const refused = async (appId: string, error: unknown): Promise<void> => {
    const failure = asFailure(error)
    const down = failure.code === 'receiver-down' || failure.code === 'tool-missing'
    await put({
      ...record(appId),
      state: down ? 'failing' : 'refused',
      reason: asData(failure),
      checkedAt: clock.now(),
    })
  }

  /** Where the provider can be asked for a test, the way is proved at once; that it sends none decides nothing. */
  const mendAndProve = async (appId: string, sure: boolean): Promise<void> => {
    const app = apps.record(appId)
    const { remote } = await mendWebhook(context, appId, sure)
    if (remote !== null) {
      await proveWebhook(context, app, remote.id).catch((error: unknown) =>
        parts.log.warn('The provider sent no test of a webhook', { error }),
      )
    }
    await look(appId)
  }

  const settle = (appId: string): Promise<void> =>
    inTurn(appId, async () => {
      const app = apps.record(appId)
      try {
        if (app.autoDeploy && app.startsBy === 'webhook') {
          await mendAndProve(appId, false)
        } else if (find(appId)?.url != null) {
          await drop(appId)
        }
      } catch (error) {
        await refused(appId, error)
      }
      await settleTrigger(appId)
    }).catch((error: unknown) => parts.log.warn('What starts the deploys of an app could not be settled', { error }))

  const planFor = (hook: WebhookRecord): readonly RemovalPlan[] =>
    hook.remote === null
      ? []
      : [{ shows: [{ what: 'webhook', name: hook.url ?? '' }], action: { kind: 'webhook', ...hook.remote } }]

  return {
    hooks: {
      settle,
      hookOf: (appId) => find(appId)?.hookId ?? null,
      plansFor: async (appId) => {
        const hook = find(appId)
        if (hook === null) return []
        const secret: RemovalPlan = {
          shows: [{ what: 'local-secret', name: hook.url ?? '' }],
          action: { kind: 'secrets', names: [secretName(appId), nextSecretName(appId)] },
        }
        return [...planFor(hook), secret]
      },
      countOf: (appIds) => appIds.filter((id) => find(id)?.remote != null).length,
      forget: async (appId) => {
        await store.update(({ webhooks }) => ({
          webhooks: Object.fromEntries(Object.entries(webhooks).filter(([id]) => id !== appId)),
        }))
      },
    },
    receiverMoved: async (serverId) => {
      for (const app of apps.on(serverId)) await settle(app.id)
    },
    madeBy: (accountId) =>
      Object.values(store.read().webhooks).flatMap(({ url, remote }) =>
        remote?.accountId === accountId
          ? [{ what: 'webhook' as const, name: url ?? '', repository: remote.repository, id: remote.id }]
          : [],
      ),
    accountGone: async (accountId) => {
      const gone = new Failure('not-found', { what: 'account' })
      const theirs = Object.values(store.read().webhooks).filter(({ remote }) => remote?.accountId === accountId)
      for (const { appId } of theirs) {
        await inTurn(appId, async () => {
          await put({ ...record(appId), remote: null, active: false, state: 'refused', reason: asData(gone) })
          await settleTrigger(appId)
        }).catch((error: unknown) => parts.log.warn('A webhook could not be forgotten', { error }))
      }
    },
    handlers: createWebhookHandlers({
      ...parts,
      context,
      inTurn,
      present,
      mendAndProve,
      drop,
      settleTrigger,
      refused,
    }),
  }
}
