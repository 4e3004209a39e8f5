import {
  array,
  boolean,
  type GenericSchema,
  type InferOutput,
  nullable,
  number,
  object,
  optional,
  parse,
  picklist,
  string,
} from 'valibot'
import { TrustedCertificate } from '../src-preload/contract/certificates'
import { Settings } from '../src-preload/contract/entities/settings'
import { systemClock } from './clock'
import { AccountsDocument, noAccounts } from './features/accounts/accounts-document'
import { AppsDocument, noApps } from './features/apps/apps-document'
import { noRemovals, RemovalsDocument } from './features/apps/removals'
import type { StoredCertificate } from './features/certificates/certificate-book'
import type { ConfirmedKey } from './features/host-keys/host-key-book'
import { noServers, ServersDocument } from './features/servers/servers-document'
import { OAuthAppRecords } from './features/settings/oauth-apps'
import { IssuerRecords } from './features/sign-ins/issuers'
import { DeployKeyRecords } from './features/ssh-keys/deploy-keys'
import type { KeyRecord } from './features/ssh-keys/key-store'
import { noWebhooks, WebhooksDocument } from './features/webhooks/webhooks-document'
import type { Log } from './log/log'
import { Place } from './shell/first-look'
import { firstPlace, type WindowPlace } from './shell/window'
import { createElectronStore } from './storage/electron-store'

/** What has been said once and is not said again. */
const Told = object({ inTray: boolean() })
export type Told = InferOutput<typeof Told>
const Key = object({
  id: string(),
  name: string(),
  from: picklist(['made', 'imported', 'agent']),
  publicKey: string(),
  createdAt: number(),
  lastUsedAt: nullable(number()),
  replacedBy: nullable(string()),
  certificate: optional(nullable(string()), null),
})
const Confirmed = object({ line: string(), confirmedAt: number() })
const Certificate = object({ ...TrustedCertificate.entries, pem: string() })

/** The app's files of plain facts, each with its schema. What can't be read is set aside, and `restored` is told its name. */
export const openStores = (folder: string, log: Log, restored: (detail: string) => void) => {
  const open = <T>(name: string, schema: GenericSchema<unknown, T>, initial: T) =>
    createElectronStore({
      folder,
      name,
      schema,
      initial,
      clock: systemClock,
      log,
      notice: ({ detail }) => restored(detail),
    })
  return {
    place: open<WindowPlace>('window', Place, firstPlace),
    told: open<Told>('told', Told, { inTray: false }),
    settings: open<Settings>('settings', Settings, parse(Settings, {})),
    accounts: open<AccountsDocument>('accounts', AccountsDocument, noAccounts),
    keys: open<readonly KeyRecord[]>('ssh-keys', array(Key), []),
    deployKeys: open<DeployKeyRecords>('deploy-keys', DeployKeyRecords, []),
    hostKeys: open<readonly ConfirmedKey[]>('host-keys', array(Confirmed), []),
    certificates: open<readonly StoredCertificate[]>('certificates', array(Certificate), []),
    oauthApps: open<OAuthAppRecords>('oauth-apps', OAuthAppRecords, []),
    issuers: open<IssuerRecords>('issuers', IssuerRecords, []),
    servers: open<ServersDocument>('servers', ServersDocument, noServers),
    apps: open<AppsDocument>('apps', AppsDocument, noApps),
    webhooks: open<WebhooksDocument>('webhooks', WebhooksDocument, noWebhooks),
    removals: open<RemovalsDocument>('removals', RemovalsDocument, noRemovals),
  }
}

export type Stores = ReturnType<typeof openStores>
