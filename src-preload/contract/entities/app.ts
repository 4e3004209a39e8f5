import { array, boolean, type InferOutput, nullable, number, object, optional, picklist, string } from 'valibot'
import { FailureData } from '../outcome'

/** Where an app's code comes from: a listed repository, bound by immutable id, or an SSH address of an SSH account. */
export const AppSource = object({
  accountId: string(),
  /** Null for an SSH account. */
  repositoryId: nullable(string()),
  /** Path as last seen, for people; renames are followed by id. */
  path: string(),
  /** Clone address for the server, by SSH. */
  sshUrl: string(),
})
export type AppSource = InferOutput<typeof AppSource>

/** How deploys start by themselves, and which way is live. */
export const appTriggers = ['webhook', 'server-poll', 'desktop-poll', 'none'] as const
export type AppTrigger = (typeof appTriggers)[number]

/** The phases of a deploy, in order. */
export const deployPhases = ['connect', 'key', 'fetch', 'release', 'command', 'switch', 'clean', 'report'] as const
export type DeployPhase = (typeof deployPhases)[number]

/** A deploy: one row of an app's history. */
export const Deploy = object({
  id: string(),
  appId: string(),
  reason: picklist(['manual', 'push', 'poll', 'rollback', 'first']),
  state: picklist(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'unknown']),
  branch: string(),
  commit: nullable(string()),
  author: nullable(string()),
  subject: nullable(string()),
  startedAt: number(),
  milliseconds: nullable(number()),
  phases: array(object({ phase: picklist(deployPhases), startedAt: number(), milliseconds: nullable(number()) })),
  /** Name of the release folder on the server. */
  release: nullable(string()),
  failure: nullable(FailureData),
})
export type Deploy = InferOutput<typeof Deploy>

/** A release that is still on the server. */
export const Release = object({ name: string(), commit: string(), at: number(), current: boolean() })
export type Release = InferOutput<typeof Release>

/** An app: a branch of a repository that runs on a server. */
export const App = object({
  id: string(),
  name: string(),
  source: AppSource,
  branch: string(),
  /** Folder inside the repository, '' for its root. */
  rootFolder: string(),
  /** Patterns as in .gitignore, last match wins, `!` negates; empty watches everything. */
  watchPaths: array(string()),
  serverId: string(),
  /** Absolute folder on the server. */
  folder: string(),
  command: string(),
  /** Names of variables given to the command; their values are in the vault. */
  variables: array(string()),
  autoDeploy: boolean(),
  submodules: boolean(),
  lfs: boolean(),
  trigger: object({ live: picklist(appTriggers), why: nullable(FailureData) }),
  state: picklist(['never-deployed', 'deploying', 'live', 'failed', 'unknown']),
  current: nullable(Release),
  lastDeploy: nullable(Deploy),
  createdAt: number(),
})
export type App = InferOutput<typeof App>

/** What a person fills in; with `id` an app is changed. */
export const AppForm = object({
  id: optional(nullable(string()), null),
  name: string(),
  accountId: string(),
  repositoryId: optional(nullable(string()), null),
  address: optional(string(), ''),
  branch: string(),
  rootFolder: optional(string(), ''),
  watchPaths: optional(array(string()), []),
  serverId: string(),
  folder: string(),
  command: optional(string(), ''),
  /** `value: null` keeps what the vault has. */
  variables: optional(array(object({ name: string(), value: nullable(string()) })), []),
  autoDeploy: optional(boolean(), true),
  submodules: optional(boolean(), false),
  lfs: optional(boolean(), false),
})
export type AppForm = InferOutput<typeof AppForm>

/** One line of the look ahead before an app is saved. */
export const PreflightItem = object({
  item: picklist([
    'access',
    'branch',
    'root-folder',
    'submodules',
    'lfs',
    'size',
    'command',
    'from-here',
    'from-server',
  ]),
  state: picklist(['passed', 'warned', 'failed']),
  detail: string(),
  milliseconds: nullable(number()),
  failure: nullable(FailureData),
})
export const Preflight = object({ items: array(PreflightItem) })
export type Preflight = InferOutput<typeof Preflight>

/** A past commit held against the rules: whether it would have deployed, and which pattern decided. */
export const RuleTrial = object({
  commit: string(),
  subject: string(),
  author: string(),
  at: number(),
  deploys: boolean(),
  pattern: nullable(string()),
  file: nullable(string()),
})
export type RuleTrial = InferOutput<typeof RuleTrial>

/** A piece of a deploy's log. Lines are stripped of control characters and secrets. */
export const DeployLogChunk = object({
  deployId: string(),
  appId: string(),
  /** Number of the first line, from 0. */
  from: number(),
  lines: array(object({ phase: picklist(deployPhases), text: string() })),
})
export type DeployLogChunk = InferOutput<typeof DeployLogChunk>
