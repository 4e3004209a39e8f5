import { randomBytes } from 'node:crypto'
import type { Clock } from '../../clock'
import { Secret } from '../../credentials/secret'
import type { Vault } from '../../credentials/vault'
import type { Log } from '../../log/log'
import type { RemoteRepositoryRef, WebhookAbility } from '../../providers/provider'
import type { AppRecord } from '../apps/apps-document'
import type { AppAccess } from '../apps/create-apps'
import type { ServerAccess } from '../servers/create-servers'
import { type ReceiverStatus, receiverFailure } from '../servers/receivers'
import type { WebhookRecord } from './webhooks-document'

/** What looking at, mending and renewing a webhook have in common. */
export interface WebhookContext {
  readonly vault: Vault
  readonly servers: Pick<ServerAccess, 'run' | 'get' | 'receivers'>
  readonly apps: AppAccess
  readonly clock: Clock
  readonly log: Log
  /** Its record; a blank one where nothing was made yet. */
  readonly record: (appId: string) => WebhookRecord
  readonly put: (record: WebhookRecord) => Promise<WebhookRecord>
  /** What the app's provider can do, or null where a person makes the hook by hand. */
  readonly ability: (app: AppRecord) => WebhookAbility | null
  readonly secretOf: (appId: string) => Promise<Secret | null>
  /** Writes the hook on the server and has the receiver read it. @throws Failure `receiver-down`, `tool-missing` */
  readonly onServer: (app: AppRecord, hook: WebhookRecord, secrets: readonly Secret[]) => Promise<ReceiverStatus>
}

export const repositoryOf = ({ source }: AppRecord): RemoteRepositoryRef => ({
  id: source.repositoryId ?? '',
  path: source.path,
})

/** The address that the provider is to call. */
export const addressOf = ({ servers }: Pick<WebhookContext, 'servers'>, app: AppRecord, hook: WebhookRecord): string =>
  hook.ownUrl ?? `${servers.receivers.address(app.serverId)}/hooks/${hook.hookId}`

/** Why the receiver does not listen, or null. */
export const receiverProblem = (
  { servers }: Pick<WebhookContext, 'servers'>,
  app: AppRecord,
  status: ReceiverStatus,
) => {
  const { host, receiver } = servers.get(app.serverId)
  return receiverFailure(status, host, receiver.port)
}

export const newSecret = (signature: WebhookRecord['signature']): Secret =>
  new Secret(
    signature === 'standard-webhooks' ? `whsec_${randomBytes(32).toString('base64')}` : randomBytes(32).toString('hex'),
  )
