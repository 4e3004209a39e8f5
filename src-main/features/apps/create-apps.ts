import type { Dependents } from '../../../src-preload/contract/entities/account'
import type { App, Deploy, Preflight } from '../../../src-preload/contract/entities/app'
import type { Clock } from '../../clock'
import type { Vault } from '../../credentials/vault'
import { readEvents } from '../../deploy/deploy-stream'
import type { Announce } from '../../ipc/announce'
import type { Log } from '../../log/log'
import type { Store } from '../../storage/store'
import type { AccountAccess } from '../accounts/account-access'
import { asData, asFailure } from '../accounts/failure-families'
import type { Made } from '../accounts/release-made'
import type { HostKeyBook } from '../host-keys/host-key-book'
import type { HostLook } from '../host-keys/look-at-host'
import { pace } from '../pace'
import type { ServerAccess } from '../servers/create-servers'
import { type AppBook, createAppBook, presentApp } from './app-book'
import { type AppKeys, createAppKeys } from './app-keys'
import { resolveSource } from './app-source'
import type { AppRecord, AppsDocument } from './apps-document'
import type { CloneHere } from './clone-here'
import { createDeploys, type Deploys, readDeploys } from './deploys'
import { type AppHandlers, createAppHandlers } from './handlers'
import type { RemovalPlan, Removals } from './removals'
import { reportDeploy } from './report-deploy'
import { configureApp } from './save-app'
import { toDeploy, toRelease } from './to-deploy'
import { createServerWatch } from './watch-servers'

/** What apps need of their webhooks. */
export interface AppHooks {
  /** Makes, mends or removes the webhook as the app wants it, and settles what starts its deploys. Never rejects. */
  settle(appId: string): Promise<void>
  /** Number of the app's hook on its server, or null. */
  hookOf(appId: string): string | null
  /** What has to be taken away with the app, at the provider and in the vault. */
  plansFor(appId: string): Promise<readonly RemovalPlan[]>
  /** Hooks that an account's apps have at its provider. */
  countOf(appIds: readonly string[]): number
  forget(appId: string): Promise<void>
}

/** What the apps feature needs from the rest of the app. */
export interface AppsParts {
  readonly store: Store<AppsDocument>
  readonly vault: Vault
  readonly access: Pick<AccountAccess, 'open' | 'record'>
  readonly servers: ServerAccess
  readonly hosts: Pick<HostLook, 'look' | 'require' | 'confirm'>
  readonly book: Pick<HostKeyBook, 'linesFor'>
  readonly cloneHere: CloneHere
  readonly hooks: AppHooks
  readonly removals: Removals
  /** Which apps are on which server has changed. */
  readonly placesChanged: () => void
  readonly announce: Announce
  readonly clock: Clock
  readonly log: Log
}

/** What webhooks need of apps. */
export interface AppAccess {
  record(id: string): AppRecord
  on(serverId: string): readonly AppRecord[]
  /** Settles what starts deploys, here and on the server. */
  setTrigger(id: string, trigger: App['trigger']): Promise<void>
}

/** The apps feature. */
export interface Apps {
  readonly handlers: AppHandlers
  readonly access: AppAccess
  list(): readonly App[]
  /** What would break without an account. */
  dependentsOf(accountId: string): Dependents
  /** Deploy keys that were added through an account. */
  madeBy(accountId: string): readonly Made[]
  /** Forgets the deploy keys that went with an account. */
  accountGone(accountId: string): Promise<void>
  /** Name of the app's deploy key's repository, for those that ask by the key on the server. */
  appOfKey(key: string): string | null
  /** After first paint: asks the servers what happened meanwhile, and listens to them. */
  start(): void
  stop(): Promise<void>
}

/** How often the desktop looks for new commits where nothing else does, in ms. */
const pollEvery = 60_000

export const createApps = (parts: AppsParts): Apps => {
  const { servers, clock, log, announce } = parts
  const news = pace(() => announce('apps.changed', [...list()]))
  const book: AppBook = createAppBook(parts.store, parts.vault, () => news.soon())
  const keys: AppKeys = createAppKeys(parts)
  /** Why an app's server could not be asked. */
  const trouble = new Map<string, App['reason']>()

  /** An app whose account is gone can't be changed or deployed, whatever its server says. */
  const reasonFor = ({ source, serverId }: AppRecord): App['reason'] => {
    try {
      parts.access.record(source.accountId)
      return trouble.get(serverId) ?? null
    } catch (error) {
      return asData(asFailure(error))
    }
  }
  const list = (): readonly App[] => book.all().map((record) => presentApp(record, reasonFor(record)))
  const present = (id: string): App => {
    const record = book.get(id)
    return presentApp(record, reasonFor(record))
  }

  const deploys: Deploys = createDeploys({
    servers,
    app: book.get,
    values: book.values,
    changed: (deploy) => note(deploy),
    ended: async (deploy) => {
      const app = book.find(deploy.appId)
      if (app === null || app.reported === deploy.id) return []
      const phases = await reportDeploy({ ...parts, serverName: (id) => servers.get(id).name }, app, deploy)
      await book.change(app.id, () => ({ reported: deploy.id }))
      void sync(app.serverId)
      return phases
    },
    announce,
    clock,
    log,
  })
  /** What a running deploy says is worth showing; the file is written when it has ended. */
  const note = (deploy: Deploy) => {
    const app = book.find(deploy.appId)
    const before = app?.seen?.lastDeploy
    if (app === null || (before?.id === deploy.id && before.state === deploy.state)) return
    void book
      .change(app.id, ({ seen }) => ({ seen: { current: seen?.current ?? null, at: clock.now(), lastDeploy: deploy } }))
      .catch((error: unknown) => log.warn('The state of an app could not be written', { error }))
  }

  const running = new Map<string, Promise<void>>()
  const wanted = new Set<string>()
  /** Asks a server about all its apps at once. One question at a time; what comes meanwhile is asked once more. */
  const sync = (serverId: string): Promise<void> => {
    const known = running.get(serverId)
    if (known !== undefined) {
      wanted.add(serverId)
      return known
    }
    const started = askServer(serverId)
      .then(
        () => trouble.delete(serverId),
        (error: unknown) => trouble.set(serverId, asData(asFailure(error))),
      )
      .then(() => news.soon())
      .finally(() => {
        running.delete(serverId)
        if (wanted.delete(serverId)) void sync(serverId)
      })
    running.set(serverId, started)
    return started
  }
  const askServer = async (serverId: string): Promise<void> => {
    const apps = book.all().filter((app) => app.serverId === serverId)
    if (apps.length === 0) return
    const folders = apps.map(({ folder }) => ['folder', folder] as const)
    const answer = await servers.run(serverId, (pilot) => pilot.call('status', folders))
    const ahead = Number(answer.get('now')) - clock.now()
    const starts = answer.records.flatMap(([name], index) => (name === 'app' ? [index] : []))
    for (const [number, start] of starts.entries()) {
      const records = answer.records.slice(start, starts[number + 1])
      const app = apps.find(({ folder }) => folder === records[0]?.[1])
      if (app !== undefined) await seen(app, records, ahead)
    }
  }
  const seen = async (app: AppRecord, records: readonly (readonly [string, string])[], ahead: number) => {
    const value = (name: string) => records.find(([other]) => other === name)?.[1] ?? ''
    const releases = records.flatMap(([name, text]) =>
      name === 'release' ? toRelease(text, value('current'), ahead) : [],
    )
    const rows = readDeploys(records).map(({ id, alive, events }) => ({
      alive,
      deploy: toDeploy(readEvents(events), {
        id,
        appId: app.id,
        branch: app.branch,
        alive,
        ahead,
        attempt: deploys.attempt(app),
      }),
    }))
    // A push that changed nothing says nothing about how the app is.
    const telling = rows.find(({ deploy }) => deploy.state !== 'unchanged') ?? rows[0]
    const lastDeploy = telling?.deploy ?? null
    const current = releases.find((release) => release.current) ?? null
    await book.change(app.id, () => ({ seen: { current, lastDeploy, at: clock.now() } }))
    for (const { alive, deploy } of rows) if (alive) await deploys.follow(app, deploy.id, ahead)
    if (lastDeploy !== null && telling?.alive === false && app.reported !== lastDeploy.id) {
      await reportDeploy({ ...parts, serverName: (id) => servers.get(id).name }, app, lastDeploy)
      await book.change(app.id, () => ({ reported: lastDeploy.id }))
    }
  }

  const watch = createServerWatch({ servers, clock, news: sync })
  let started = false
  const follow = () => {
    parts.placesChanged()
    if (started) watch.follow([...new Set(book.all().map(({ serverId }) => serverId))])
  }

  let stopPolling: (() => void) | null = null
  /** Where nothing else looks for new commits, this computer asks the server to. */
  const poll = () => {
    const due = book.all().filter(({ trigger }) => trigger.live === 'desktop-poll')
    for (const serverId of new Set(due.map((app) => app.serverId))) {
      const folders = due.filter((app) => app.serverId === serverId).map(({ folder }) => ['folder', folder] as const)
      void servers
        .run(serverId, (pilot) => pilot.call('tick', folders, { timeout: 300_000 }))
        .catch((error: unknown) => log.warn('A server could not look for new commits', { error }))
    }
    stopPolling = clock.after(pollEvery, poll)
  }

  const configure = async (app: AppRecord): Promise<void> => {
    const { accountId, repositoryId, sshUrl } = app.source
    const resolved = await resolveSource(parts.access, { accountId, repositoryId, address: sshUrl })
    const moved = resolved.source.sshUrl !== sshUrl || resolved.source.path !== app.source.path
    // A repository that was renamed or transferred is found again by its id.
    const now = moved ? await book.change(app.id, () => ({ source: resolved.source })) : app
    await configureApp({ servers, keys }, now, resolved, await book.values(app.id))
  }

  const access: AppAccess = {
    record: book.get,
    on: (serverId) => book.all().filter((app) => app.serverId === serverId),
    setTrigger: async (id, trigger) => {
      const before = book.get(id)
      const app = await book.change(id, () => ({ trigger }))
      // The server has to know whether it is to poll.
      const polls = (live: App['trigger']['live']) => live === 'server-poll'
      if (polls(before.trigger.live) !== polls(trigger.live)) await configure(app)
    },
  }

  const placedBy = (accountId: string) =>
    book
      .all()
      .flatMap((app) => [app.placed, ...app.modules.map((module) => module.placed)])
      .flatMap((key) => (key !== null && key.accountId === accountId ? [key] : []))

  let preflight: AbortController | null = null
  return {
    access,
    list,
    handlers: createAppHandlers({
      ...parts,
      book,
      keys,
      deploys,
      present,
      list,
      sync,
      configure,
      follow,
      preflight: {
        begin: () => {
          preflight?.abort()
          preflight = new AbortController()
          return preflight.signal
        },
        show: (state: Preflight) => announce('apps.preflight', state),
      },
    }),
    dependentsOf: (accountId) => {
      const using = book.all().filter(({ source }) => source.accountId === accountId)
      return {
        apps: using.map(({ id, name }) => ({ id, name })),
        webhooks: parts.hooks.countOf(using.map(({ id }) => id)),
        deployKeys: placedBy(accountId).length,
      }
    },
    madeBy: (accountId) =>
      placedBy(accountId).map(({ repository, id }) => ({ what: 'deploy-key', name: repository.path, repository, id })),
    accountGone: async (accountId) => {
      for (const app of book.all()) await book.change(app.id, () => withoutKeysOf(app, accountId))
    },
    appOfKey: (key) => {
      const app = book.all().find((one) => one.key === key || one.modules.some((module) => module.key === key))
      return app?.id ?? book.all().find(({ id }) => parts.hooks.hookOf(id) === key)?.id ?? null
    },
    start: () => {
      started = true
      follow()
      void parts.removals.resume(true)
      void keys.sweep().catch((error: unknown) => log.warn('Unused deploy keys could not be taken away', { error }))
      stopPolling = clock.after(pollEvery, poll)
    },
    stop: async () => {
      stopPolling?.()
      preflight?.abort()
      news.stop()
      parts.removals.stop()
      await Promise.all([watch.stop(), deploys.stop()])
    },
  }
}

/** The app without the deploy keys that an account had added: a person, or another account, has to put them there again. */
const withoutKeysOf = (app: AppRecord, accountId: string): Partial<AppRecord> => {
  const gone = (key: AppRecord['placed']) => key?.accountId === accountId
  return {
    ...(gone(app.placed)
      ? { placed: null, serverKey: app.serverKey === null ? null : { ...app.serverKey, placed: 'by-hand' as const } }
      : {}),
    modules: app.modules.map((module) => (gone(module.placed) ? { ...module, placed: null } : module)),
  }
}
