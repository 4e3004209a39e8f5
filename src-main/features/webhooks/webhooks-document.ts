import { randomBytes } from 'node:crypto'
import { boolean, type InferOutput, nullable, number, object, optional, picklist, record, string } from 'valibot'
import { Webhook } from '../../../src-preload/contract/entities/webhook'
import { FailureData } from '../../../src-preload/contract/outcome'

/** What is kept on disk about an app's webhook: facts only. Its secret is in the vault under `webhook/<appId>`. */
export const WebhookRecord = object({
  appId: string(),
  /** Its number on the server, the last part of its address. */
  hookId: string(),
  /** Account, repository and number at the provider, or null where none was made by API. */
  remote: nullable(object({ accountId: string(), repository: object({ id: string(), path: string() }), id: string() })),
  signature: picklist(['hub-sha256', 'hub-sha256-old-name', 'gitlab-token', 'standard-webhooks', 'any']),
  url: nullable(string()),
  ownUrl: nullable(string()),
  state: Webhook.entries.state,
  reason: nullable(FailureData),
  active: Webhook.entries.active,
  receiving: Webhook.entries.receiving,
  checkedAt: nullable(number()),
  lastReceivedAt: nullable(number()),
  deliveries: Webhook.entries.deliveries,
  notes: Webhook.entries.notes,
  /** Whether the provider keeps a log of this hook's calls. */
  keepsLog: optional(boolean(), true),
  /** The newest call with a wrong signature that came before the secret was last set, or null. */
  excused: optional(nullable(string()), null),
})
export type WebhookRecord = InferOutput<typeof WebhookRecord>

/** Nothing was made yet. */
export const blankWebhook = (appId: string): WebhookRecord => ({
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
  notes: [],
  keepsLog: true,
  excused: null,
})

export const WebhooksDocument = object({ webhooks: record(string(), WebhookRecord) })
export type WebhooksDocument = InferOutput<typeof WebhooksDocument>
export const noWebhooks: WebhooksDocument = { webhooks: {} }

/** Where the vault keeps the secret of an app's webhook. */
export const secretName = (appId: string): string => `webhook/${appId}`
/** Where it keeps the one that is about to take its place. */
export const nextSecretName = (appId: string): string => `webhook/${appId}/next`
