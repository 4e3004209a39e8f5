import { array, type InferOutput, nullable, number, object, picklist, string } from 'valibot'
import { FailureData } from '../outcome'

/** What is looked at on a server, in order. */
export const serverChecks = [
  'resolve',
  'reach',
  'host-key',
  'login',
  'git',
  'disk',
  'receiver',
  'outbound',
  'supervisor',
] as const
export type ServerCheckName = (typeof serverChecks)[number]

/** One look at a server. `mendable` checks can be put right by the app (e.g. install the webhook receiver with sudo). */
export const ServerCheck = object({
  check: picklist(serverChecks),
  state: picklist(['waiting', 'running', 'passed', 'warned', 'failed']),
  /** A version, free bytes, a path … */
  detail: nullable(string()),
  mendable: picklist(['no', 'install-receiver']),
  failure: nullable(FailureData),
})
export type ServerCheck = InferOutput<typeof ServerCheck>

/** A machine that apps are deployed to. */
export const Server = object({
  id: string(),
  name: string(),
  host: string(),
  port: number(),
  user: string(),
  /** The SSH key that logs in. */
  keyId: string(),
  state: picklist(['ready', 'needs-attention', 'unreachable', 'checking', 'asks-host-key']),
  reason: nullable(FailureData),
  checks: array(ServerCheck),
  /** The host's key when it has to be confirmed. */
  hostKey: nullable(object({ type: string(), fingerprint: string(), published: nullable(string()) })),
  checkedAt: nullable(number()),
  apps: array(string()),
})
export type Server = InferOutput<typeof Server>

/** Something that the app left on a server. */
export const ServerRemnant = object({
  what: picklist(['releases', 'deploy-key', 'receiver', 'timer', 'folder', 'authorized-key']),
  path: string(),
  app: nullable(string()),
})
export type ServerRemnant = InferOutput<typeof ServerRemnant>
