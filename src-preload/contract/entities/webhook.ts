import { array, boolean, type InferOutput, nullable, number, object, optional, picklist, string } from 'valibot'
import { FailureData } from '../outcome'
import { Said, Whole } from '../text'

/** What the receiver on the server did with a call. */
export const deliveryOutcomes = [
  /** It started a deploy, or joined one that waits. */
  'deployed',
  /** Genuine, and nothing that has to be deployed: the commit is live already. */
  'unchanged',
  'ignored-branch',
  /** The branch that is deployed was deleted: nothing is deployed, and what runs goes on. */
  'branch-deleted',
  'ignored-paths',
  /** Genuine, and no push: a ping, a test, another event. */
  'ignored-event',
  'bad-signature',
  'replayed',
  'other-repository',
  'too-large',
  'failed',
] as const

/** One call of the webhook. */
export const WebhookDelivery = object({
  id: string(),
  at: number(),
  event: Said,
  status: nullable(number()),
  /** Whether it did not arrive or was refused, as far as the log tells. */
  failed: optional(boolean(), false),
  milliseconds: nullable(number()),
  /** Body of the answer, shortened, without control characters. */
  response: nullable(Said),
  /** Where the row comes from. */
  from: picklist(['provider', 'receiver']),
  outcome: nullable(picklist(deliveryOutcomes)),
})
export type WebhookDelivery = InferOutput<typeof WebhookDelivery>

/** How an app's deploy webhook stands, upstream and on the server. */
export const Webhook = object({
  appId: string(),
  /**
   * `absent`: none wanted or none made. `refused`: the provider would not make it, see `reason`. `drifted`: changed or
   * deleted at the provider. `silent`: nothing genuine ever arrived. `by-hand`: to be made by the person.
   */
  state: picklist(['healthy', 'silent', 'failing', 'disabled', 'drifted', 'absent', 'refused', 'checking', 'by-hand']),
  reason: nullable(FailureData),
  /** The address the provider calls. */
  url: nullable(Whole),
  /** The person's own address, if `setUrl` set one. */
  ownUrl: nullable(Whole),
  /** `provider`: made by API. `by-hand`: the person pastes url and secret. */
  kind: picklist(['provider', 'by-hand']),
  active: boolean(),
  /** Whether the program on the server listens; null when that is unknown. */
  receiving: nullable(boolean()),
  checkedAt: nullable(number()),
  /** Unix ms of the last genuine call, by the receiver's log. */
  lastReceivedAt: nullable(number()),
  /** Newest first, at most 50. */
  deliveries: array(WebhookDelivery),
  /** What could not be read at the last look and does not decide the state: a log, or rows of a list. */
  notes: optional(array(FailureData), []),
  can: object({ test: boolean(), deliveries: boolean(), repair: boolean() }),
})
export type Webhook = InferOutput<typeof Webhook>
