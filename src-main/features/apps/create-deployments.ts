import type { Dependents } from '../../../src-preload/contract/entities/account'
import type { Clock } from '../../clock'
import type { Vault } from '../../credentials/vault'
import { parseAddress } from '../../git/address'
import type { Announce } from '../../ipc/announce'
import type { Log } from '../../log/log'
import type { Fetch } from '../../network/fetch'
import type { Store } from '../../storage/store'
import type { AccountAccess } from '../accounts/account-access'
import type { Made } from '../accounts/release-made'
import type { HostKeyBook } from '../host-keys/host-key-book'
import type { HostLook } from '../host-keys/look-at-host'
import type { OutboundTarget } from '../servers/check-server'
import { createServers, type Servers } from '../servers/create-servers'
import type { ServersDocument } from '../servers/servers-document'
import type { KeyStore } from '../ssh-keys/key-store'
import { createWebhooks, type Webhooks } from '../webhooks/create-webhooks'
import type { WebhooksDocument } from '../webhooks/webhooks-document'
import type { AppsDocument } from './apps-document'
import type { CloneHere } from './clone-here'
import { type Apps, createApps } from './create-apps'
import { createRemovals, type RemovalsDocument } from './removals'

/** What servers, apps and webhooks together need from the rest of the app. */
export interface DeploymentParts {
  readonly stores: {
    readonly servers: Store<ServersDocument>
    readonly apps: Store<AppsDocument>
    readonly webhooks: Store<WebhooksDocument>
    readonly removals: Store<RemovalsDocument>
  }
  readonly vault: Vault
  readonly access: Pick<AccountAccess, 'open' | 'record' | 'records'>
  readonly book: Pick<HostKeyBook, 'judge' | 'linesFor'>
  readonly hosts: HostLook
  readonly keys: Pick<KeyStore, 'create' | 'get' | 'login' | 'used' | 'remove'>
  /** A test clone from this computer; `createCloneHere` makes it from what clones need. */
  readonly cloneHere: CloneHere
  readonly fetch: Fetch
  readonly copy: (text: string) => Promise<string>
  readonly announce: Announce
  readonly clock: Clock
  readonly log: Log
}

/** Everything that brings code from an account to a server. */
export interface Deployments {
  readonly servers: Servers
  readonly apps: Apps
  readonly webhooks: Webhooks
  /** What would break without an account. */
  dependentsOf(accountId: string): Dependents
  /** What was made through an account at its provider, to be taken away before it is. */
  madeBy(accountId: string): readonly Made[]
  /** An account is gone with what was made through it: its apps keep running and ask for another one. */
  accountGone(accountId: string): Promise<void>
  /** What depends on an SSH key, in words. */
  usingKey(keyId: string): readonly string[]
  /** After first paint. */
  start(): void
  /** Stops watching; deploys go on on their servers. */
  stop(): Promise<void>
}

/** Where the accounts' repositories are read from by SSH. */
const targetsOf = (hosts: readonly string[]): readonly OutboundTarget[] => {
  const targets = hosts.flatMap((host): OutboundTarget[] => {
    const parsed = parseAddress(host)
    return parsed.ok && parsed.address.kind === 'ssh'
      ? [{ kind: 'ssh', host: parsed.address.host, port: parsed.address.port ?? 22 }]
      : []
  })
  return targets.filter(
    ({ host, port }, index) => targets.findIndex((other) => other.host === host && other.port === port) === index,
  )
}

/** Wires the three features and what they share. Nothing here waits for a disk or the network. */
export const createDeployments = (parts: DeploymentParts): Deployments => {
  const { stores, vault, access, keys, clock, log } = parts
  const removals = createRemovals({
    store: stores.removals,
    access,
    runAt: (place, act) => servers.access.runAt(place, act),
    keys,
    vault,
    clock,
    log,
  })
  const servers: Servers = createServers({
    ...parts,
    store: stores.servers,
    removals,
    outbound: () => targetsOf(stores.apps.read().apps.map(({ source }) => source.sshUrl)),
    appsOn: (serverId) => stores.apps.read().apps.flatMap((app) => (app.serverId === serverId ? [app.id] : [])),
    appOfKey: (key) => apps.appOfKey(key),
  })
  const apps: Apps = createApps({
    ...parts,
    store: stores.apps,
    servers: servers.access,
    removals,
    hooks: {
      settle: (appId) => webhooks.hooks.settle(appId),
      hookOf: (appId) => webhooks.hooks.hookOf(appId),
      plansFor: (appId) => webhooks.hooks.plansFor(appId),
      countOf: (appIds) => webhooks.hooks.countOf(appIds),
      forget: (appId) => webhooks.hooks.forget(appId),
    },
    placesChanged: servers.appsChanged,
  })
  const webhooks: Webhooks = createWebhooks({
    ...parts,
    store: stores.webhooks,
    servers: servers.access,
    apps: apps.access,
    removals,
  })
  servers.onReceiver((serverId) => void webhooks.receiverMoved(serverId))

  return {
    servers,
    apps,
    webhooks,
    dependentsOf: apps.dependentsOf,
    madeBy: (accountId) => [...webhooks.madeBy(accountId), ...apps.madeBy(accountId)],
    accountGone: async (accountId) => {
      await apps.accountGone(accountId)
      await webhooks.accountGone(accountId)
    },
    usingKey: (keyId) => servers.usingKey(keyId).map((name) => `Server ${name}`),
    start: apps.start,
    stop: async () => {
      await Promise.all([servers.stop(), apps.stop()])
    },
  }
}
