import {
  array,
  boolean,
  type InferOutput,
  maxLength,
  nullable,
  number,
  object,
  optional,
  picklist,
  pipe,
  regex,
  string,
} from 'valibot'
import { FailureData } from '../outcome'
import { Id, line, Said, text, Whole } from '../text'
import { HarmlessCheck } from './fsck-check'

/** Where an app's code comes from: a listed repository, bound by immutable id, or an SSH address of an SSH account. */
export const AppSource = object({
  accountId: string(),
  /** Null for an SSH account. */
  repositoryId: nullable(string()),
  /** Path as last seen, for people; renames are followed by id. */
  path: string(),
  /** Clone address for the server, by SSH. */
  sshUrl: Whole,
})
export type AppSource = InferOutput<typeof AppSource>

/** How deploys start by themselves, and which way is live. */
export const appTriggers = ['webhook', 'server-poll', 'desktop-poll', 'none'] as const
export type AppTrigger = (typeof appTriggers)[number]

/**
 * The phases of a deploy, in order. `connect`, `key` and `report` are the desktop's part; a deploy that a push started
 * has only the others.
 */
export const deployPhases = ['connect', 'key', 'fetch', 'release', 'command', 'switch', 'clean', 'report'] as const
export type DeployPhase = (typeof deployPhases)[number]

/** A deploy: one row of an app's history. */
export const Deploy = object({
  id: string(),
  appId: string(),
  reason: picklist(['first', 'manual', 'push', 'poll', 'rollback']),
  /** `unchanged`: it looked, and there was nothing that had to be deployed. `unknown`: the server can't be asked now. */
  state: picklist(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'unchanged', 'unknown']),
  branch: Said,
  commit: nullable(Said),
  author: nullable(Said),
  subject: nullable(Said),
  /** Unix ms by this computer's clock. */
  startedAt: number(),
  milliseconds: nullable(number()),
  phases: array(object({ phase: picklist(deployPhases), startedAt: number(), milliseconds: nullable(number()) })),
  /** Name of the release folder on the server. */
  release: nullable(string()),
  failure: nullable(FailureData),
})
export type Deploy = InferOutput<typeof Deploy>

/** A release that is still on the server. */
export const Release = object({ name: Said, commit: Said, at: number(), current: boolean() })
export type Release = InferOutput<typeof Release>

/** The key by which the server reads the repository. Its private half was made there and never leaves it. */
export const ServerKey = object({
  publicKey: string(),
  fingerprint: string(),
  /** `provider`: we put it there by API, read-only. `by-hand`: a person pastes it at the host. */
  placed: picklist(['provider', 'by-hand']),
})
export type ServerKey = InferOutput<typeof ServerKey>

/** An app: a branch of a repository that runs on a server. */
export const App = object({
  id: string(),
  name: string(),
  source: AppSource,
  branch: string(),
  /** Folder inside the repository, '' for its root. */
  rootFolder: Whole,
  /** Patterns as in .gitignore, last match wins, `!` negates; empty watches everything. */
  watchPaths: array(Whole),
  serverId: string(),
  /** Absolute folder on the server. */
  folder: Whole,
  command: Whole,
  /** Names of variables given to the command; their values are in the vault. */
  variables: array(string()),
  autoDeploy: boolean(),
  /** What the person prefers; `trigger.live` says what really starts deploys. */
  startsBy: picklist(['webhook', 'poll']),
  submodules: boolean(),
  lfs: boolean(),
  /** Checks of git-fsck(1) that a fetch on the server passes over. */
  allowedChecks: array(HarmlessCheck),
  /** `why`: the reason why it is not the preferred way. */
  trigger: object({ live: picklist(appTriggers), why: nullable(FailureData) }),
  state: picklist(['never-deployed', 'deploying', 'live', 'failed', 'unknown']),
  /** Why it needs a look: the last deploy failed, the account is gone, the server can't be asked. */
  reason: nullable(FailureData),
  current: nullable(Release),
  lastDeploy: nullable(Deploy),
  serverKey: nullable(ServerKey),
  createdAt: number(),
})
export type App = InferOutput<typeof App>

/** Name of an environment variable (POSIX.1-2017, 8.1); the loader's and the shell's own are refused by `save`. */
export const VariableName = pipe(line(200), regex(/^[A-Za-z_][A-Za-z0-9_]*$/))

/** Bytes that the values of all variables may have together: half of what Linux passes on to a program by default. */
export const mostVariableBytes = 1_048_576

/** What a person fills in; with `id` an app is changed. */
export const AppForm = object({
  id: optional(nullable(Id), null),
  name: line(80),
  accountId: Id,
  repositoryId: optional(nullable(Id), null),
  /** SSH address, for an SSH account. */
  address: optional(text(2048), ''),
  branch: text(255),
  rootFolder: optional(text(1024), ''),
  watchPaths: optional(pipe(array(line(500)), maxLength(200)), []),
  serverId: Id,
  folder: line(1024),
  command: optional(text(16_384), ''),
  /** `value: null` keeps what the vault has. */
  variables: optional(
    pipe(array(object({ name: VariableName, value: nullable(text(mostVariableBytes)) })), maxLength(200)),
    [],
  ),
  autoDeploy: optional(boolean(), true),
  startsBy: optional(picklist(['webhook', 'poll']), 'webhook'),
  submodules: optional(boolean(), false),
  lfs: optional(boolean(), false),
  allowedChecks: optional(pipe(array(HarmlessCheck), maxLength(50)), []),
})
export type AppForm = InferOutput<typeof AppForm>

/** What is looked at before an app is saved, in order. */
export const preflightItems = [
  'access',
  'branch',
  'host-key',
  'server',
  'folder',
  'from-here',
  'from-server',
  'root-folder',
  'submodules',
  'lfs',
  'size',
  'command',
] as const

/** One line of the look ahead before an app is saved. */
export const PreflightItem = object({
  item: picklist(preflightItems),
  state: picklist(['waiting', 'running', 'passed', 'warned', 'failed', 'skipped']),
  detail: Said,
  milliseconds: nullable(number()),
  failure: nullable(FailureData),
})
export type PreflightItem = InferOutput<typeof PreflightItem>

/** The look ahead. It is announced by `apps.preflight` after each item. */
export const Preflight = object({
  done: boolean(),
  /** False while anything failed: a deploy would fail. */
  ready: boolean(),
  /** Whether it can be saved all the same: what saving needs was found. */
  savable: boolean(),
  /** The folder on the server with its home folder instead of `~`; null until the server said where that is. */
  folder: nullable(Whole),
  items: array(PreflightItem),
  /** Host key of the git host that has to be confirmed before the server may trust it. */
  hostKey: nullable(
    object({ host: string(), port: number(), type: string(), fingerprint: string(), published: nullable(string()) }),
  ),
  /** The server's key for this repository; a person pastes it at the host when `placed` is `by-hand`. */
  serverKey: nullable(ServerKey),
  /** What the repository holds, if that could be read. */
  submodules: array(object({ path: Said, host: Said, sameAccount: boolean() })),
  lfs: boolean(),
})
export type Preflight = InferOutput<typeof Preflight>

/** A past commit held against the rules: whether it would have deployed, and which pattern decided. */
export const RuleTrial = object({
  commit: string(),
  subject: Said,
  author: Said,
  at: number(),
  deploys: boolean(),
  /** The pattern that decided; null when no pattern fits or none is set. */
  pattern: nullable(Said),
  /** The file that decided. */
  file: nullable(Said),
  /** Files that the commit changed. */
  files: number(),
})
export type RuleTrial = InferOutput<typeof RuleTrial>

/** A piece of a deploy's log. Lines are stripped of control characters and secrets. */
export const DeployLogChunk = object({
  deployId: string(),
  appId: string(),
  /** Number of the first line, from 0. */
  from: number(),
  lines: array(
    object({
      phase: picklist(deployPhases),
      text: Said,
      /** Bytes that were left out of the log at this place, instead of a text. */
      cutBytes: optional(number()),
    }),
  ),
})
export type DeployLogChunk = InferOutput<typeof DeployLogChunk>

/** How moving one app to another account went. */
export const Move = object({ appId: string(), name: string(), moved: boolean(), failure: nullable(FailureData) })
export type Move = InferOutput<typeof Move>
