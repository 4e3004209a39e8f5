import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'valibot'
import { Diagnosis, ShownList } from '../../src-preload/contract/entities/diagnosis'
import { systemClock } from '../clock'
import type { HttpCredential } from '../credentials/credential'
import { type Accounts, createAccounts } from '../features/accounts/accounts'
import { type AccountsDocument, noAccounts } from '../features/accounts/accounts-document'
import { createClones } from '../features/clones/create-clones'
import { createDiagnosis } from '../features/diagnosis/diagnosis'
import { createRepositories, type Repositories } from '../features/repositories/repositories'
import { createGit } from '../git/create-git'
import { createDetectHost } from '../providers/detect-host'
import { createHttp } from '../providers/http'
import { findProvider, providers } from '../providers/registry'
import { createIndexFolder } from '../storage/repository-index/index-folder'
import { testFetch } from './connection'
import { memoryStore } from './memory-store'
import { type MemoryVault, memoryVault } from './memory-vault'
import { silentLog } from './silent-log'

/** Accounts, list, git and diagnosis, wired as in the app, between a real forge and a test. */
export interface DiagnosisBench {
  accounts: Accounts
  repositories: Repositories
  readonly vault: MemoryVault
  /** Ms by which this computer's clock is ahead. */
  ahead: number
  /** All states that were announced. */
  readonly told: readonly Diagnosis[]
  /** Connects and lists; resolves with the account's id. */
  connect(provider: string, host: string, credential: HttpCredential): Promise<string>
  /** A key that opens an SSH host. */
  connectSsh(host: string): Promise<string>
  /** Runs a diagnosis to its end. */
  ask(address: string, options?: { readonly accountId?: string; readonly shown?: object }): Promise<Diagnosis>
  /** Starts one and leaves it running. */
  start(address: string): Promise<Diagnosis>
  cancel(): Promise<unknown>
  /** The app again, over the same records and vault: what was in memory is gone. */
  restart(): Promise<void>
  /** Checks that were not skipped, each with its state: `host passed`. */
  checks(diagnosis: Diagnosis): readonly string[]
  close(): Promise<void>
}

export const startDiagnosisBench = async (): Promise<DiagnosisBench> => {
  const folder = await mkdtemp(join(tmpdir(), 'diagnosis-'))
  const told: Diagnosis[] = []
  let waiting: ((diagnosis: Diagnosis) => void) | null = null
  const clock = { ...systemClock, now: () => Date.now() + bench.ahead }
  const log = silentLog()
  const vault = memoryVault()
  const fetch = testFetch
  const openPage = async () => undefined
  const store = memoryStore<AccountsDocument>(noAccounts)

  const build = () => {
    const accounts = createAccounts({
      store,
      vault,
      providers: { get: findProvider },
      createHttp: (parts) => createHttp({ ...parts, wait: async () => undefined }),
      checkSsh: async () => undefined,
      fetch,
      refreshToken: () => Promise.reject(new Error('No token of these tests is renewed')),
      oauthApps: { find: async () => null },
      dependentsOf: () => ({ apps: [], webhooks: 0, deployKeys: 0 }),
      madeBy: () => [],
      openPage,
      clock,
      announce: () => undefined,
      log,
    })
    const repositories = createRepositories({
      access: accounts.access,
      folder: createIndexFolder(join(folder, 'index')),
      listed: accounts.listed,
      openPage,
      clock,
      announce: () => undefined,
      log,
    })
    const clones = createClones({
      git: createGit({ folder: join(folder, 'git'), gitPath: () => null, credentialHelper: [] }),
      access: accounts.access,
      seen: repositories.seen,
      repository: (accountId, id) => repositories.handlers.get({ accountId, id }),
      ssh: async () => ({
        transport: { kind: 'ssh', command: 'false' },
        close: async () => undefined,
        explain: async (failure) => failure,
      }),
      network: { caFile: async () => null, proxy: async () => null },
      dialog: { chooseFolder: async () => null, reveal: openPage },
      announce: () => undefined,
      clock,
      log,
    })
    const diagnosis = createDiagnosis({
      access: accounts.access,
      accounts,
      fetch,
      detect: createDetectHost({ fetch, providers }),
      list: repositories,
      countBranches: clones.countBranches,
      announce: (_, payload) => {
        const state = parse(Diagnosis, payload)
        told.push(state)
        if (state.state !== 'running') waiting?.(state)
      },
      clock,
      log,
    })
    return { accounts, repositories, clones, diagnosis }
  }
  let parts = build()

  const bench: DiagnosisBench = {
    accounts: parts.accounts,
    repositories: parts.repositories,
    vault,
    ahead: 0,
    told,
    connect: async (provider, host, credential) => {
      const connected = await bench.accounts.connector.connect({ provider, host, credential, reconnects: null })
      if (connected.kind !== 'connected') throw new Error('Somebody else was met')
      await bench.repositories.renew(connected.account.id)
      return connected.account.id
    },
    connectSsh: async (host) => {
      const place = {
        provider: 'ssh',
        host,
        login: 'git',
        name: 'build key',
        fingerprint: 'SHA256:x',
        address: 'git@x:y',
      }
      return (await bench.accounts.connector.connectSsh({ ...place, reconnects: null })).id
    },
    start: async (address) =>
      parse(Diagnosis, await parts.diagnosis.handlers.start({ address, accountId: null, shown: parse(ShownList, {}) })),
    ask: async (address, { accountId = null, shown = {} } = {}) => {
      const end = new Promise<Diagnosis>((resolve) => {
        waiting = resolve
      })
      await parts.diagnosis.handlers.start({ address, accountId, shown: parse(ShownList, shown) })
      return end
    },
    cancel: () => parts.diagnosis.handlers.cancel(undefined),
    restart: async () => {
      // As quitting does: what was listed is on the disk before it is over.
      await bench.repositories.stop()
      parts = build()
      bench.accounts = parts.accounts
      bench.repositories = parts.repositories
    },
    checks: ({ steps }) =>
      steps.filter(({ state }) => state !== 'skipped').map(({ check, state }) => `${check} ${state}`),
    close: async () => {
      await parts.diagnosis.stop()
      await Promise.all([parts.clones.stopAll(), bench.repositories.stop(), bench.accounts.stop()])
      await rm(folder, { recursive: true, force: true })
    },
  }
  return bench
}
