import { array, type InferOutput, nullable, number, object, picklist, string } from 'valibot'
import { FailureData } from '../outcome'
import { Said, Whole } from '../text'

/** What is looked at on a server, in order. */
export const serverChecks = [
  'resolve',
  'reach',
  'host-key',
  'login',
  /** A shell and the programs that deploys are made of. */
  'tools',
  'git',
  'disk',
  'clock',
  /** Debian's `webhook`, which receives pushes. */
  'receiver',
  /** From the server to the hosts of the connected accounts. */
  'outbound',
  /** What starts the receiver again after a reboot. */
  'supervisor',
] as const
export type ServerCheckName = (typeof serverChecks)[number]

/** What the app can put right by itself after a question. */
export const mends = ['no', 'install-key', 'install-receiver', 'start-receiver'] as const

/** One look at a server. `mend` says how a check that did not pass can be put right from here. */
export const ServerCheck = object({
  check: picklist(serverChecks),
  /** `skipped`: an earlier check failed, so this one was not made. */
  state: picklist(['waiting', 'running', 'passed', 'warned', 'failed', 'skipped']),
  /** A version, free bytes, a path … */
  detail: nullable(Said),
  milliseconds: nullable(number()),
  mend: picklist(mends),
  failure: nullable(FailureData),
})
export type ServerCheck = InferOutput<typeof ServerCheck>

/** How pushes reach a server. */
export const Receiver = object({
  /** `absent`: the program is not there. `off`: no app needs it. */
  state: picklist(['unknown', 'absent', 'off', 'running', 'down']),
  /** `own-port`: reachable from outside. `loopback`: behind a proxy that is there already. */
  listen: picklist(['own-port', 'loopback']),
  port: number(),
  /** Paths on the server of a certificate chain and its key (PEM), or null for plain HTTP. */
  certificate: nullable(object({ chain: Whole, key: Whole })),
  /** What the person says it is reached by, e.g. `https://hooks.example.com`; null for the server's host and port. */
  publicUrl: nullable(Whole),
  /** Base address that providers call, without a trailing slash. */
  address: Whole,
  /** Whether it comes back after a reboot, and by what. */
  keptBy: picklist(['systemd', 'cron', 'nothing']),
})
export type Receiver = InferOutput<typeof Receiver>

/** A machine that apps are deployed to. */
export const Server = object({
  id: string(),
  name: string(),
  host: string(),
  port: number(),
  user: string(),
  /** The SSH key that logs in. */
  keyId: string(),
  /** Its public half, to be put into `~/.ssh/authorized_keys` there. */
  publicKey: Whole,
  state: picklist(['ready', 'needs-attention', 'unreachable', 'checking', 'asks-host-key']),
  reason: nullable(FailureData),
  checks: array(ServerCheck),
  /** The host's key when it has to be confirmed. */
  hostKey: nullable(object({ type: Said, fingerprint: Said, published: nullable(Said) })),
  checkedAt: nullable(number()),
  receiver: Receiver,
  /** Ids of the apps on it. */
  apps: array(string()),
})
export type Server = InferOutput<typeof Server>

/** Something that the app left on a server. */
export const ServerRemnant = object({
  what: picklist(['releases', 'deploy-key', 'receiver', 'timer', 'scripts', 'authorized-key']),
  path: string(),
  /** Id of the app that it belongs to; null when it is the server's or of an app that is gone. */
  app: nullable(string()),
  /** Bytes on disk, where that is known. */
  bytes: nullable(number()),
})
export type ServerRemnant = InferOutput<typeof ServerRemnant>
