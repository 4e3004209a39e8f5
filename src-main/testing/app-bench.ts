import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Forge, startForge } from '../../e2e/forge/forge'
import type { DialectId } from '../../e2e/forge/forge-state'
import type { RepositorySpec } from '../../e2e/forge/world-specs'
import type { App, AppForm, Deploy } from '../../src-preload/contract/entities/app'
import type { Server } from '../../src-preload/contract/entities/server'
import { Failure } from '../../src-preload/contract/outcome'
import { systemClock } from '../clock'
import type { TokenCredential } from '../credentials/credential'
import type { AccountAccess } from '../features/accounts/account-access'
import type { AccountRecord } from '../features/accounts/account-record'
import { noApps } from '../features/apps/apps-document'
import { createCloneHere } from '../features/apps/clone-here'
import { createDeployments, type DeploymentParts, type Deployments } from '../features/apps/create-deployments'
import { noRemovals } from '../features/apps/removals'
import { type ConfirmedKey, createHostKeyBook, type HostKeyBook } from '../features/host-keys/host-key-book'
import { createHostLook } from '../features/host-keys/look-at-host'
import { noServers } from '../features/servers/servers-document'
import { createKeyStore, type KeyRecord } from '../features/ssh-keys/key-store'
import { noWebhooks } from '../features/webhooks/webhooks-document'
import { createGit } from '../git/create-git'
import type { ProviderClient } from '../providers/provider'
import { findProvider } from '../providers/registry'
import { wordsIn } from '../shell/words'
import { scanHostKeys } from '../ssh/scan-host-keys'
import { connect, renewing, testFetch, token } from './connection'
import { accountRecord } from './fake-access'
import { listen } from './loopback-server'
import { memoryStore } from './memory-store'
import { type MemoryVault, memoryVault } from './memory-vault'
import { silentLog } from './silent-log'
import { startSshServer, type TestSshServer } from './ssh-server'

/** A repository by the provider's own identifier. */
interface Named {
  readonly id: number | string
  readonly name: string
}

/** Servers, apps and webhooks over a real forge, a real sshd and Debian's webhook; stores and vault are in memory. */
export interface AppBench {
  readonly forge: Forge
  readonly machine: TestSshServer
  readonly vault: MemoryVault
  readonly book: HostKeyBook
  readonly stores: DeploymentParts['stores']
  /** Everything announced, oldest first. */
  readonly announced: { readonly event: string; readonly payload: unknown }[]
  readonly copied: string[]
  deployments: Deployments
  /** The app again over the same stores: as after a kill, nothing of the old one is asked. */
  restart(): Promise<void>
  /** Adds an account at the forge; its scopes may be too few. */
  account(id: string, options?: { readonly user?: string; readonly scopes?: readonly string[] }): void
  /** An account's client at the forge. */
  client(id: string): ProviderClient
  server: Server
  repository(spec?: Partial<RepositorySpec>): ReturnType<Forge['world']['createRepository']>
  form(repository: Named, changes?: Partial<AppForm>): AppForm
  save(repository: Named, changes?: Partial<AppForm>): Promise<App>
  app(id: string): App
  /** Deploys and waits for the end. */
  deploy(id: string, commit?: string | null): Promise<Deploy>
  /** Waits until a deploy has come to its end, as the window would hear of it. */
  ended(deployId: string): Promise<Deploy>
  close(): Promise<void>
}

const open: readonly Deploy['state'][] = ['queued', 'running', 'unknown']

/** @param dialect which provider the forge is */
export const startAppBench = async (dialect: DialectId = 'github'): Promise<AppBench> => {
  const forge = await startForge({ dialect, ssh: true })
  const machine = await startSshServer()
  const provider = findProvider(dialect === 'forgejo' ? 'gitea' : dialect)
  if (provider === null || forge.ssh === null) throw new Error('The bench needs a provider and its ssh')
  const ssh = forge.ssh

  const records: AccountRecord[] = []
  const clients = new Map<string, ReturnType<typeof provider.client>>()
  const tokens = new Map<string, TokenCredential>()
  const access: AccountAccess = {
    records: () => records,
    record: (id) => {
      const record = records.find((account) => account.id === id)
      if (record === undefined) throw new Failure('not-found', { what: 'account' })
      return record
    },
    open: (id) => {
      const client = clients.get(id)
      if (client === undefined) throw new Failure('not-found', { what: 'account' })
      return { provider, client, record: access.record(id) }
    },
    gitCredential: async (id) => ({
      ...provider.gitCredential(tokens.get(id) ?? token('')),
      origin: new URL(forge.address).origin,
    }),
    reached: async () => undefined,
    met: () => undefined,
  }
  const vault = memoryVault()
  const now = () => Date.now()
  const book = createHostKeyBook('', memoryStore<readonly ConfirmedKey[]>([]), now)
  const keyStore = memoryStore<readonly KeyRecord[]>([])
  const stores = {
    servers: memoryStore(noServers),
    apps: memoryStore(noApps),
    webhooks: memoryStore(noWebhooks),
    removals: memoryStore(noRemovals),
  }
  const announced: { event: string; payload: unknown }[] = []
  const announce: DeploymentParts['announce'] = (event, payload) => {
    announced.push({ event, payload })
  }
  const copied: string[] = []
  const folder = mkdtempSync(join(tmpdir(), 'app-bench-'))
  const git = createGit({ folder, gitPath: () => null, credentialHelper: [] })
  const cloneHere = createCloneHere({
    git,
    access,
    repository: async () => {
      throw new Failure('not-found')
    },
    seen: () => undefined,
    ssh: async () => {
      throw new Failure('publickey-denied', {})
    },
    network: { caFile: async () => null, proxy: async () => null },
    dialog: { chooseFolder: async () => null, reveal: async () => undefined },
    announce,
    clock: systemClock,
    log: silentLog(),
  })
  const build = () =>
    createDeployments({
      stores,
      vault,
      access,
      book,
      hosts: createHostLook(book, scanHostKeys),
      keys: createKeyStore({
        store: keyStore,
        vault,
        now,
        accountsOf: () => [],
        usedBy: () => [],
        deployKeyOf: () => [],
        readKey: async () => {
          throw new Failure('key-unreadable')
        },
        agentSocket: () => null,
        changed: () => undefined,
        machine: 'bench',
      }),
      cloneHere,
      fetch: testFetch,
      copy: async (text) => {
        copied.push(text)
        return wordsIn('en').clipboard.secretCopied
      },
      announce,
      clock: systemClock,
      log: silentLog(),
    })

  const account: AppBench['account'] = (id, { user = 'ada', scopes } = {}) => {
    const value = forge.personalAccessToken({ user, ...(scopes === undefined ? {} : { scopes }) })
    const credential = token(value, dialect === 'bitbucket' ? `${user}@example.com` : null)
    tokens.set(id, credential)
    records.push(accountRecord({ id, provider: provider.id, host: forge.address, kind: 'token' }))
    const { http } = connect({ provider, host: forge.address, credentials: renewing(credential) })
    clients.set(id, provider.client(http))
  }
  account('ada')

  const free = await listen(createServer())
  await free.close()
  const bench: AppBench = {
    forge,
    machine,
    vault,
    book,
    stores,
    announced,
    copied,
    deployments: build(),
    restart: async () => {
      await bench.deployments.stop()
      bench.deployments = build()
    },
    account,
    client: (id) => access.open(id).client,
    server: undefined as unknown as Server,
    repository: (spec = {}) =>
      forge.world.createRepository({ owner: 'ada', name: `app-${Math.random().toString(36).slice(2, 8)}`, ...spec }),
    form: ({ id, name }, changes = {}) => ({
      id: null,
      name,
      accountId: 'ada',
      repositoryId: String(id),
      address: '',
      branch: 'main',
      rootFolder: '',
      watchPaths: [],
      serverId: bench.server.id,
      folder: `${machine.home}/apps/${name}`,
      command: '',
      variables: [],
      autoDeploy: false,
      startsBy: 'webhook',
      submodules: false,
      lfs: false,
      allowedChecks: [],
      ...changes,
    }),
    save: (repository, changes) =>
      bench.deployments.apps.handlers.save(bench.form(repository, changes)) as Promise<App>,
    app: (id) => {
      const app = bench.deployments.apps.list().find((one) => one.id === id)
      if (app === undefined) throw new Error('The app is not there')
      return app
    },
    deploy: async (id, commit = null) => {
      const deploy = await bench.deployments.apps.handlers.deploy({ id, commit })
      return bench.ended(deploy.id)
    },
    ended: async (deployId) => {
      const until = Date.now() + 40_000
      for (;;) {
        const heard = [...announced]
          .reverse()
          .find(({ event, payload }) => event === 'deploys.changed' && (payload as Deploy).id === deployId)
        const deploy = heard?.payload as Deploy | undefined
        if (deploy !== undefined && !open.includes(deploy.state)) return deploy
        if (Date.now() > until) throw new Error(`The deploy did not end: ${JSON.stringify(deploy)}`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    close: async () => {
      const { servers } = bench.deployments
      await servers.access.receivers.stop(bench.server.id).catch(() => undefined)
      await bench.deployments.stop()
      await machine.close()
      await forge.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  const { handlers } = bench.deployments.servers
  await book.confirm(machine.host, machine.port, machine.hostKey)
  const [type = '', blob = ''] = ssh.hostKey.split(' ')
  await book.confirm('127.0.0.1', ssh.port, { type, blob: Buffer.from(blob, 'base64') })
  const added = await handlers.add({
    name: 'web-1',
    host: machine.host,
    port: machine.port,
    user: machine.user,
    keyId: null,
  })
  machine.authorize(added.publicKey)
  bench.server = (await handlers.check({ id: added.id })) as Server
  await handlers.setReceiver({ id: added.id, listen: 'loopback', port: free.port, certificate: null, publicUrl: null })
  if (bench.server.state !== 'ready') bench.server = (await handlers.check({ id: added.id })) as Server
  if (bench.server.state !== 'ready') throw new Error(`The server is not ready: ${JSON.stringify(bench.server.reason)}`)
  return bench
}
