import type { WebhookDelivery } from '../../../src-preload/contract/entities/webhook'
import { Failure, type FailureData } from '../../../src-preload/contract/outcome'
import { saidName } from '../../../src-preload/contract/plain-text'
import type { Delivery } from '../../providers/provider'
import { asData, asFailure } from '../accounts/failure-families'
import type { AppRecord } from '../apps/apps-document'
import { type Judgement, judgeWebhook } from './judge-webhook'
import { isGenuine, isWrongSignature, readReceiverLog } from './receiver-log'
import { receiverProblem, repositoryOf, type WebhookContext } from './webhook-context'
import type { WebhookRecord } from './webhooks-document'

/** Deliveries that are shown. */
const shown = 50

/** What the server received. */
export const readLog = async (
  { servers, clock }: Pick<WebhookContext, 'servers' | 'clock'>,
  app: AppRecord,
  hook: WebhookRecord,
): Promise<readonly WebhookDelivery[]> => {
  const answer = await servers.run(app.serverId, (pilot) =>
    pilot.call('hook-log', [
      ['hook', hook.hookId],
      ['folder', app.folder],
    ]),
  )
  return readReceiverLog(answer, clock.now())
}

/** A row without a time can't be put in order with the others. */
const toRow = ({ at, ...row }: Delivery): readonly WebhookDelivery[] =>
  at === null
    ? []
    : [
        {
          ...row,
          at,
          event: saidName(row.event, 80),
          response: row.response === null ? null : saidName(row.response, 500),
          from: 'provider',
          outcome: null,
        },
      ]

/** Of a hook that a person made: nothing is amiss before its first call, and the secret is theirs to paste. */
const byHand = (judged: Judgement): Judgement => {
  if (judged.state === 'silent') return { state: 'by-hand', reason: null }
  const { state, reason } = judged
  if (reason?.code !== 'hook-signature') return judged
  return { state, reason: { ...reason, facts: { ...reason.facts, made: 'by-hand' } } }
}

/**
 * Looks at both sides and writes down what is there. `excuse`: calls with a wrong signature up to now say nothing of the
 * secret that was set.
 */
export const lookAtWebhook = async (
  context: WebhookContext,
  appId: string,
  { excuse = false } = {},
): Promise<WebhookRecord> => {
  const { apps, servers, clock, put } = context
  const app = apps.record(appId)
  const before = context.record(appId)
  if (before.url === null) return put({ ...before, checkedAt: clock.now() })
  const notes: FailureData[] = []
  const onPartial = (failure: Failure) => void notes.push(asData(failure))
  /** A log that can't be read is told; it decides nothing. */
  const orNote = async <T>(log: Promise<T>): Promise<T | undefined> => {
    try {
      return await log
    } catch (error) {
      if (error instanceof Failure && error.code === 'cancelled') throw error
      notes.push(asData(asFailure(error)))
      return undefined
    }
  }

  const [status, received = []] = await Promise.all([
    servers.receivers.status(app.serverId),
    orNote(readLog(context, app, before)),
  ])
  const hook = excuse ? { ...before, excused: received.find(isWrongSignature)?.id ?? null } : before
  const able = context.ability(app)
  const repository = repositoryOf(app)
  const listed = able === null || hook.remote === null ? undefined : await able.list(repository, { onPartial })
  const found = listed?.find(({ id }) => id === hook.remote?.id)
  // Among rows that could not be read it may still be.
  const remote =
    found ?? (listed === undefined || notes.some(({ code }) => code === 'rows-left-out') ? undefined : null)
  const sent = remote
    ? await orNote(able?.deliveries?.(repository, remote.id, { onPartial }) ?? Promise.resolve([]))
    : []

  const deliveries = [...(sent ?? []).flatMap(toRow), ...received].sort((a, b) => b.at - a.at)
  const lastReceivedAt = received.find(isGenuine)?.at ?? hook.lastReceivedAt
  const stuck = receiverProblem(context, app, status)
  const receiver = stuck === null ? null : asData(stuck)
  const judged = judgeWebhook(hook, { remote, receiver, deliveries, lastReceivedAt })
  return put({
    ...hook,
    ...(able === null ? byHand(judged) : judged),
    active: remote?.active ?? (able === null || (remote === undefined && hook.active)),
    receiving: status.state === 'running',
    checkedAt: clock.now(),
    lastReceivedAt,
    deliveries: deliveries.slice(0, shown),
    notes,
    keepsLog: sent !== null,
  })
}
