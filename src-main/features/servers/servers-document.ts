import { array, boolean, type InferOutput, nullable, number, object, string } from 'valibot'
import { Receiver, Server, ServerCheck } from '../../../src-preload/contract/entities/server'
import { FailureData } from '../../../src-preload/contract/outcome'

/** What is kept on disk about a server: facts only. Its key is in the vault, its host key in the book. */
export const ServerRecord = object({
  id: string(),
  name: string(),
  host: string(),
  port: number(),
  user: string(),
  keyId: string(),
  /** The key was made for this server, so it goes with it. */
  keyMade: boolean(),
  state: Server.entries.state,
  reason: nullable(FailureData),
  checks: array(ServerCheck),
  hostKey: Server.entries.hostKey,
  checkedAt: nullable(number()),
  /** As it was last seen; `listen`, `port`, `certificate` and `publicUrl` are what the person wants. */
  receiver: object({
    state: Receiver.entries.state,
    listen: Receiver.entries.listen,
    port: Receiver.entries.port,
    certificate: Receiver.entries.certificate,
    publicUrl: Receiver.entries.publicUrl,
    keptBy: Receiver.entries.keptBy,
    /** The person or a webhook set it up, so it is ours to keep as it is. */
    chosen: boolean(),
  }),
})
export type ServerRecord = InferOutput<typeof ServerRecord>

export const ServersDocument = object({ servers: array(ServerRecord) })
export type ServersDocument = InferOutput<typeof ServersDocument>

/** The document of a fresh install. */
export const noServers: ServersDocument = { servers: [] }
