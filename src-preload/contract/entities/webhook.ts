import { array, boolean, type InferOutput, nullable, number, object, picklist, string } from 'valibot'
import { FailureData } from '../outcome'

/** How an app's deploy webhook stands, upstream and on the server. */
export const Webhook = object({
  appId: string(),
  /** `absent`: none wanted or none made. `drifted`: changed or deleted at the provider. `silent`: nothing ever arrived. */
  state: picklist(['healthy', 'silent', 'failing', 'disabled', 'drifted', 'absent', 'refused', 'checking']),
  reason: nullable(FailureData),
  /** The address the provider calls. */
  url: nullable(string()),
  /** `provider`: made by API. `by-hand`: the person pastes url and secret. */
  kind: picklist(['provider', 'by-hand']),
  active: boolean(),
  checkedAt: nullable(number()),
  deliveries: array(
    object({
      id: string(),
      at: number(),
      event: string(),
      status: nullable(number()),
      milliseconds: nullable(number()),
      response: nullable(string()),
      /** Where the row comes from. */
      from: picklist(['provider', 'receiver']),
      /** What the receiver did with it. */
      outcome: nullable(
        picklist(['deployed', 'ignored-branch', 'ignored-paths', 'bad-signature', 'replayed', 'other-repository']),
      ),
    }),
  ),
  can: object({ test: boolean(), deliveries: boolean() }),
})
export type Webhook = InferOutput<typeof Webhook>
