import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, runningClock } from './clock'
import { type CredentialView, noCredentials, type OAuthApp } from './credentials'
import { noDeployKeys, parsePublicKey } from './deploy-keys'
import { dialects } from './dialects'
import type { Repository } from './entities'
import type { CommitSpec } from './fast-import'
import type { Faults } from './faults'
import { faultList } from './faults'
import {
  type AppSpec,
  type DialectId,
  type ForgeState,
  grantKey,
  type PersonalTokenSpec,
  type Settings,
} from './forge-state'
import { noHooks } from './hooks'
import { populate } from './population'
import { register } from './registration'
import { type RequestLog, requestLog } from './request-log'
import { router } from './router'
import { listen, type Tls } from './server'
import { noSignIns } from './sign-in'
import { type SshGit, startSshGit } from './ssh-git'
import { type Approval, approve } from './visitor'
import { emptyWorld, type World } from './world'

/** What kind of forge to start. */
export interface ForgeOptions {
  readonly dialect: DialectId
  /** Seeded repositories that `ada` sees; none unless asked for. */
  readonly repositories?: number
  /** Milliseconds before every answer. */
  readonly latencyMs?: number
  /** Makes it an https server. */
  readonly tls?: Tls
  /** Installs it under a path, like `/git`. */
  readonly basePath?: string
  /** Base address that it names itself by (Gitea's ROOT_URL), where that differs from the one it is at. */
  readonly rootUrl?: string
  /** Serves git over ssh as well, for deploy keys and people's keys. */
  readonly ssh?: boolean
  /** Behaviour that differs from the dialect's usual. */
  readonly settings?: Partial<Settings>
}

/** A running forge. */
export interface Forge {
  readonly dialect: DialectId
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  /** Origin and base path: what a person types as "Host". */
  readonly address: string
  /** Where the REST API begins. */
  readonly apiUrl: string
  /** The same directory holds nothing but this forge's bare repositories; gone after `close`. */
  readonly world: World
  readonly clock: Clock
  /** Null unless asked for with `ssh: true`. */
  readonly ssh: SshGit | null
  readonly requests: RequestLog
  readonly faults: Faults
  /** Bugs of the forge itself; a test that ends with any has not been tested against the dialect. */
  readonly problems: readonly Error[]
  /** Everything inside, for what this interface does not offer. */
  readonly state: ForgeState
  oauthApp(spec: AppSpec): OAuthApp
  /** Makes a token by hand, as a person does in the settings. */
  personalAccessToken(spec?: PersonalTokenSpec): string
  /** Adds a public key to a person's account: it opens all their repositories over ssh, and is no deploy key. */
  addSshKey(login: string, line: string): void
  /** Apps that a person has granted something, with the scopes. */
  grants(login: string): readonly { readonly clientId: string; readonly scopes: readonly string[] }[]
  /** Signs in, agrees (or not) and answers where the browser is sent. */
  approve(authorizeUrl: string, approval: Approval): Promise<string>
  /** All tokens of a person, dead ones too, without their values. */
  tokens(login: string): readonly CredentialView[]
  /** Lets a person's live access tokens run out now; refresh tokens stay. */
  expireTokens(login: string): void
  /** Revokes all of a person's tokens, refresh tokens and tokens made by hand included. */
  revokeTokens(login: string): void
  /** Refuses also good credentials of a person for a while, as after many bad ones. */
  lockOut(login: string, milliseconds: number): void
  /** Commits on a branch and tells hooks, as a push by `as` (or the owner) would. Answers the commit's hash. */
  push(repository: Repository, commit: CommitSpec & { readonly as?: string }): Promise<string>
  /** Ends the server and removes all git objects. */
  close(): Promise<void>
}

/** Starts a forge on a free port of 127.0.0.1. */
export async function startForge(options: ForgeOptions): Promise<Forge> {
  const dialect = dialects[options.dialect]
  const directory = await mkdtemp(join(tmpdir(), 'forge-'))
  const clock = runningClock()
  const log = requestLog()
  const faults = faultList()
  const edition = options.settings?.edition ?? dialect.settings.edition
  const hooks = noHooks(clock)
  const deployKeys = noDeployKeys(clock)
  let ids = 40_000
  let origin = 'http://127.0.0.1'
  let ssh: SshGit | null = null
  const state: ForgeState = {
    dialect: options.dialect,
    settings: { ...dialect.settings, ...dialect.editions?.[edition], ...options.settings },
    get origin() {
      return origin
    },
    get address() {
      return options.rootUrl ?? origin + (options.basePath ?? '')
    },
    basePath: options.basePath ?? '',
    latencyMs: options.latencyMs ?? 0,
    get sshPort() {
      return ssh?.port ?? 22
    },
    clock,
    world: emptyWorld(directory, clock, ({ id }) => {
      hooks.removeOf(id)
      deployKeys.removeOf(id)
    }),
    credentials: noCredentials(clock),
    signIns: noSignIns(clock),
    apps: new Map(),
    sessions: new Map(),
    grants: new Map(),
    installations: [],
    hooks,
    deployKeys,
    statuses: [],
    log,
    faults,
    problems: [],
    nextId: () => ids++,
    register: (spec) => register(state, dialect, spec),
    pushed: async (repository, pusher, updates) => {
      state.world.update(repository, { pushedAt: clock.now(), empty: false })
      await dialect.pushed(state, repository, pusher, updates).catch((error: unknown) => {
        state.problems.push(error instanceof Error ? error : new Error(String(error)))
      })
    },
  }
  populate(state, options.repositories ?? 0)
  dialect.start?.(state)
  const server = await listen(state, router(dialect.routes), options.tls)
  origin = server.origin
  const address = origin + (options.basePath ?? '')
  if (options.ssh) ssh = await startSshGit(state)

  return {
    dialect: options.dialect,
    origin,
    address,
    apiUrl: `${address}${dialect.apiPath}`,
    world: state.world,
    clock,
    ssh,
    requests: log,
    faults,
    problems: state.problems,
    state,
    oauthApp: (spec) => register(state, dialect, spec),
    personalAccessToken: (spec = {}) => dialect.personalToken(state, spec).value,
    addSshKey: (login, line) => {
      const key = parsePublicKey(line)
      if (!key) throw new Error('That is not a public key')
      deployKeys.personal.set(key.fingerprint, state.world.person(login).id)
    },
    grants: (login) =>
      [...state.apps.values()].flatMap((app) => {
        const scopes = state.grants.get(grantKey(state.world.person(login), app))
        return scopes ? [{ clientId: app.clientId, scopes: [...scopes] }] : []
      }),
    approve,
    tokens: (login) => state.credentials.of(state.world.person(login)).map(state.credentials.view),
    expireTokens: (login) => {
      for (const token of state.credentials.of(state.world.person(login))) {
        if (token.kind !== 'refresh' && state.credentials.usable(token)) token.expiresAt = clock.now()
      }
    },
    revokeTokens: (login) => {
      for (const token of state.credentials.of(state.world.person(login))) state.credentials.end(token, 'revoked')
    },
    lockOut: (login, milliseconds) => {
      state.world.person(login).lockedOutUntil = clock.now() + milliseconds
    },
    push: async (repository, { as, ...commit }) => {
      const branch = commit.branch ?? repository.defaultBranch
      const tips = repository.empty ? [] : await state.world.git.branches(repository)
      const before = tips.find(({ name }) => name === branch)?.hash ?? '0'.repeat(40)
      const after = await state.world.commit(repository, commit)
      const pusher = as ? state.world.person(as) : repository.owner
      await state.pushed(repository, pusher.kind === 'person' ? pusher : state.world.person('ada'), [
        { before, after, ref: `refs/heads/${branch}` },
      ])
      return after
    },
    close: async () => {
      await Promise.all([server.close(), ssh?.close()])
      await state.hooks.idle()
      await rm(directory, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
