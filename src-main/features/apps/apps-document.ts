import { array, boolean, type InferOutput, nullable, number, object, optional, string } from 'valibot'
import { App, AppSource, Deploy, Release, ServerKey } from '../../../src-preload/contract/entities/app'

/** A repository at its provider, by immutable id and by the path it had last. */
const Repository = object({ id: string(), path: string() })

/** A deploy key that the app added at a provider, so that it can take it away again. */
const PlacedKey = object({ accountId: string(), repository: Repository, id: string() })

/** A submodule that is fetched along, with a key of its own on the server. */
export const AppModule = object({
  /** Path inside the repository. */
  path: string(),
  sshUrl: string(),
  /** Name of the key on the server, hexadecimal. */
  key: string(),
  placed: nullable(PlacedKey),
})
export type AppModule = InferOutput<typeof AppModule>

/** What is kept on disk about an app: facts only. Values of its variables are in the vault under `app/<id>`. */
export const AppRecord = object({
  id: string(),
  name: string(),
  source: AppSource,
  branch: string(),
  rootFolder: string(),
  watchPaths: array(string()),
  serverId: string(),
  folder: string(),
  command: string(),
  variables: array(string()),
  autoDeploy: boolean(),
  startsBy: App.entries.startsBy,
  submodules: boolean(),
  modules: array(AppModule),
  lfs: boolean(),
  allowedChecks: optional(App.entries.allowedChecks, []),
  /** Name of the repository's key on the server, hexadecimal. */
  key: string(),
  serverKey: nullable(ServerKey),
  placed: nullable(PlacedKey),
  trigger: App.entries.trigger,
  createdAt: number(),
  /** What the server said last; null before it was asked. */
  seen: nullable(object({ current: nullable(Release), lastDeploy: nullable(Deploy), at: number() })),
  /** The last deploy whose outcome the provider was told. */
  reported: nullable(string()),
})
export type AppRecord = InferOutput<typeof AppRecord>

/** A key made for an app that is not saved yet. It goes when nothing comes of it. */
export const PreparedKey = object({
  key: string(),
  serverId: string(),
  placed: nullable(PlacedKey),
  serverKey: ServerKey,
  at: number(),
})
export type PreparedKey = InferOutput<typeof PreparedKey>

export const AppsDocument = object({ apps: array(AppRecord), prepared: array(PreparedKey) })
export type AppsDocument = InferOutput<typeof AppsDocument>

/** The document of a fresh install. */
export const noApps: AppsDocument = { apps: [], prepared: [] }

/** Where the vault keeps the values of an app's variables, as one JSON object. */
export const variablesName = (appId: string): string => `app/${appId}`
