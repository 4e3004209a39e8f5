import { randomBytes } from 'node:crypto'
import type { Webhook, WebhookDelivery } from '../../../src-preload/contract/entities/webhook'
import { Failure, type FailureData } from '../../../src-preload/contract/outcome'
import { ownOf } from '../../../src-preload/contract/own'
import { saidName } from '../../../src-preload/contract/plain-text'
import type { Clock } from '../../clock'
import { Secret } from '../../credentials/secret'
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
import { type ReceiverStatus, receiverFailure } from '../servers/receivers'
import { createWebhookHandlers, type WebhookHandlers } from './handlers'
import { judgeWebhook } from './judge-webhook'
import { isGenuine, readReceiverLog } from './receiver-log'
import { nextSecretName, secretName, type WebhookRecord, type WebhooksDocument } from './webhooks-document'

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

/** Deliveries that are shown. */
const shown = 50
/** How long a call of the provider may take to arrive, in ms. */
const patience = 15_000
const between = 400

/** Nothing was made yet. */
const blank = (appId: string): WebhookRecord => ({
  appId,
  hookId: randomBytes(16).toString('hex'),
  remote: null,
  signature: 'any',
  url: null,
  ownUrl: null,
  state: 'absent',
  reason: null,
  active: false,
  receiving: null,
  checkedAt: null,
  lastReceivedAt: null,
  deliveries: [],
})

const newSecret = (signature: WebhookRecord['signature']): Secret =>
  new Secret(
    signature === 'standard-webhooks' ? `whsec_${randomBytes(32).toString('base64')}` : randomBytes(32).toString('hex'),
  )

export const createWebhooks = (parts: WebhooksParts): Webhooks => {
  const { store, vault, servers, apps, clock } = parts

  const find = (appId: string): WebhookRecord | null => ownOf(store.read().webhooks, appId) ?? null
  const record = (appId: string): WebhookRecord => find(appId) ?? blank(appId)
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
  const repositoryOf = ({ source }: AppRecord) => ({ id: source.repositoryId ?? '', path: source.path })

  const present = (appId: string): Webhook => {
    const { hookId: _, remote: __, signature: ___, ...facts } = record(appId)
    const able = abilityOrNull(apps.record(appId))
    return {
      ...facts,
      kind: able === null ? 'by-hand' : 'provider',
      can: {
        test: facts.url !== null,
        deliveries: able?.deliveries !== undefined,
        repair: true,
      },
    }
  }

  const addressOf = (app: AppRecord, hook: WebhookRecord): string =>
    hook.ownUrl ?? `${servers.receivers.address(app.serverId)}/hooks/${hook.hookId}`

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
  const failureOf = (app: AppRecord, status: ReceiverStatus): Failure | null => {
    const { host, receiver } = servers.get(app.serverId)
    return receiverFailure(status, host, receiver.port)
  }

  /** Makes what is missing and mends what differs, on both sides. */
  const mend = async (appId: string): Promise<WebhookRecord> => {
    const app = apps.record(appId)
    const able = ability(app)
    const before = record(appId)
    const signature = able?.signature ?? 'any'
    const secret = (before.signature === signature ? await secretOf(appId) : null) ?? newSecret(signature)
    // The secret first: a hook whose secret nobody knows could never be checked.
    await vault.set(secretName(appId), secret)
    let hook: WebhookRecord = { ...before, signature }
    hook = await put({ ...hook, url: addressOf(app, hook), state: 'checking', reason: null })
    const status = await onServer(app, hook, [secret])
    const stuck = failureOf(app, status)
    if (able === null) {
      hook = await put({ ...hook, remote: null, active: true, receiving: status.state === 'running' })
      if (stuck !== null) throw stuck
      return hook
    }
    const repository = repositoryOf(app)
    const wanted = { url: hook.url ?? '', secret }
    const listed = await able.list(repository)
    // One that was made before, also under an address that is no longer right.
    const known = listed.find(({ id }) => id === before.remote?.id) ?? listed.find(({ url }) => url === wanted.url)
    const made =
      known === undefined ? await able.create(repository, wanted) : await able.update(repository, known.id, wanted)
    hook = await put({
      ...hook,
      remote: { accountId: app.source.accountId, repository, id: made.id },
      active: made.active,
      receiving: status.state === 'running',
    })
    if (stuck !== null) throw stuck
    return hook
  }

  const readLog = async (app: AppRecord, hook: WebhookRecord): Promise<readonly WebhookDelivery[]> => {
    const answer = await servers.run(app.serverId, (pilot) =>
      pilot.call('hook-log', [
        ['hook', hook.hookId],
        ['folder', app.folder],
      ]),
    )
    return readReceiverLog(answer, clock.now())
  }

  /** Looks at both sides and writes down what is there. */
  const look = async (appId: string): Promise<WebhookRecord> => {
    const app = apps.record(appId)
    const hook = find(appId)
    if (hook === null || hook.url === null) return put({ ...record(appId), checkedAt: clock.now() })
    const [received, status] = await Promise.all([readLog(app, hook), servers.receivers.status(app.serverId)])
    const able = ability(app)
    const repository = repositoryOf(app)
    const listed = able === null || hook.remote === null ? undefined : await able.list(repository)
    const remote = listed === undefined ? undefined : (listed.find(({ id }) => id === hook.remote?.id) ?? null)
    const sent = remote && able?.deliveries ? await able.deliveries(repository, remote.id) : []
    // A row without a time can't be put in order with the others.
    const fromProvider = sent.flatMap((row): WebhookDelivery[] =>
      row.at === null
        ? []
        : [
            {
              ...row,
              at: row.at,
              event: saidName(row.event, 80),
              response: row.response === null ? null : saidName(row.response, 500),
              from: 'provider',
              outcome: null,
            },
          ],
    )
    const deliveries = [...fromProvider, ...received].sort((a, b) => b.at - a.at)
    const lastReceivedAt = received.find(isGenuine)?.at ?? hook.lastReceivedAt
    const stuck = failureOf(app, status)
    const found = { remote, receiver: stuck === null ? null : asData(stuck), deliveries, lastReceivedAt }
    const judged = judgeWebhook(hook, found)
    const byHand = able === null && judged.state === 'silent'
    return put({
      ...hook,
      ...judged,
      ...(byHand ? { state: 'by-hand' as const, reason: null } : {}),
      active: remote?.active ?? able === null,
      receiving: status.state === 'running',
      checkedAt: clock.now(),
      lastReceivedAt,
      deliveries: deliveries.slice(0, shown),
    })
  }

  /** Waits until something genuine has arrived after a moment, or time is over. */
  const awaitArrival = async (appId: string, since: number): Promise<boolean> => {
    const app = apps.record(appId)
    const until = clock.now() + patience
    for (;;) {
      const rows = await readLog(app, record(appId))
      if (rows.some((row) => isGenuine(row) && row.at >= since - 1000)) return true
      if (clock.now() >= until) return false
      await new Promise<void>((resolve) => clock.after(between, resolve))
    }
  }

  /** Which way is live, and why it is not the one that was wanted. */
  const settleTrigger = async (appId: string): Promise<void> => {
    const app = apps.record(appId)
    const hook = find(appId)
    if (!app.autoDeploy) return apps.setTrigger(appId, { live: 'none', why: null })
    if (app.startsBy === 'webhook' && hook?.state === 'healthy') {
      return apps.setTrigger(appId, { live: 'webhook', why: null })
    }
    const why: FailureData | null = app.startsBy === 'webhook' ? (hook?.reason ?? null) : null
    // The timer comes with the receiver's own upkeep, so it is there also where no push can be received.
    const polling = await servers.receivers.apply(app.serverId).then(
      (status) => status.polling,
      () => false,
    )
    await apps.setTrigger(appId, { live: polling ? 'server-poll' : 'desktop-poll', why })
  }

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
    await put({ ...blank(appId), ownUrl: hook.ownUrl, checkedAt: clock.now() })
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

  const settle = (appId: string): Promise<void> =>
    inTurn(appId, async () => {
      const app = apps.record(appId)
      try {
        if (app.autoDeploy && app.startsBy === 'webhook') {
          const since = clock.now()
          const hook = await mend(appId)
          const able = ability(app)
          // Where the provider can be asked for a test, the way is proved at once.
          if (able?.test !== undefined && hook.remote !== null) {
            await able.test(repositoryOf(app), hook.remote.id)
            await awaitArrival(appId, since)
          }
          await look(appId)
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
      inTurn,
      record,
      put,
      present,
      ability,
      repositoryOf,
      addressOf,
      mend,
      look,
      drop,
      awaitArrival,
      settleTrigger,
      secretOf,
      onServer,
      newSecret,
      refused,
    }),
  }
}
