import type { Webhook, WebhookDelivery } from '../../../src-preload/contract/entities/webhook'
import type { FailureData } from '../../../src-preload/contract/outcome'
import type { RemoteWebhook } from '../../providers/provider'
import { isWrongSignature } from './receiver-log'
import type { WebhookRecord } from './webhooks-document'

/** What was found about a webhook on both sides. */
export interface Found {
  /** As it stands at the provider; null when it is gone there. Undefined where nobody can be asked. */
  readonly remote: RemoteWebhook | null | undefined
  /** Why the receiver does not listen, or null. */
  readonly receiver: FailureData | null
  /** Newest first, from both logs. */
  readonly deliveries: readonly WebhookDelivery[]
  /** Unix ms of the last genuine call. */
  readonly lastReceivedAt: number | null
}

export interface Judgement {
  readonly state: Webhook['state']
  readonly reason: FailureData | null
}

const drifted = (what: string, host: string): Judgement => ({
  state: 'drifted',
  reason: { code: 'hook-drifted', facts: { what, url: host } },
})

/** How far the clock of a provider may be from ours, in ms. */
const apartMs = 5000

/**
 * The newest call in the provider's log whose outcome is known. One that the receiver itself refused for its signature
 * is left out: it says nothing of the way there.
 */
const lastSent = (deliveries: readonly WebhookDelivery[]): WebhookDelivery | undefined => {
  const refused = deliveries.filter(isWrongSignature)
  return deliveries.find(
    ({ from, status, failed, at }) =>
      from === 'provider' &&
      (status !== null || failed) &&
      !(status === 403 && refused.some((one) => Math.abs(one.at - at) <= apartMs)),
  )
}

/** How a webhook stands. What was changed at the provider comes first, then what hinders on the server, then its log. */
export const judgeWebhook = (
  record: Pick<WebhookRecord, 'url'> & Partial<Pick<WebhookRecord, 'excused'>>,
  found: Found,
): Judgement => {
  const { remote, receiver, deliveries, lastReceivedAt } = found
  const url = record.url ?? ''
  if (remote === null) return drifted('deleted', url)
  if (remote !== undefined) {
    if (remote.url !== url) return drifted('url', url)
    if (!remote.pushEvents) return drifted('events', url)
    if (!remote.active || remote.disabledReason !== null) {
      const why = remote.disabledReason ?? ''
      return { state: 'disabled', reason: { code: 'hook-drifted', facts: { what: 'disabled', url, why } } }
    }
  }
  if (receiver !== null) return { state: 'failing', reason: receiver }
  const wrong = deliveries.find(isWrongSignature)
  if (wrong !== undefined && wrong.id !== record.excused && (lastReceivedAt === null || wrong.at > lastReceivedAt)) {
    return { state: 'failing', reason: { code: 'hook-signature', facts: { url } } }
  }
  const sent = lastSent(deliveries)
  const status = sent === undefined ? (remote?.lastStatus ?? null) : sent.status
  const failed = sent?.failed ?? (status !== null && (status < 200 || status > 299))
  if (failed && (lastReceivedAt === null || (sent?.at ?? 0) > lastReceivedAt + 1000)) {
    const said = status === null ? sent?.response : null
    const facts = { url, ...(status !== null && { status: String(status) }), ...(said && { message: said }) }
    return { state: 'failing', reason: { code: 'hook-unreached', facts } }
  }
  if (lastReceivedAt === null) return { state: 'silent', reason: { code: 'hook-unreached', facts: { url } } }
  return { state: 'healthy', reason: null }
}
