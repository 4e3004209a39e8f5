import { array, type InferOutput, nullable, number, object, picklist, string } from 'valibot'
import { FailureData } from '../outcome'

/**
 * One thing that the app had made somewhere and takes away again. `removed` was read again to prove it; `queued` is
 * tried again by itself; `by-hand` has a page or a path where a person finishes it; `kept` was not asked for.
 */
export const RemovalStep = object({
  what: picklist(['webhook', 'deploy-key', 'receiver', 'releases', 'server-key', 'authorized-key', 'local-secret']),
  /** What it is called: an address, a path, a title. */
  name: string(),
  outcome: picklist(['removed', 'already-gone', 'queued', 'by-hand', 'kept']),
  url: nullable(string()),
  failure: nullable(FailureData),
})
export type RemovalStep = InferOutput<typeof RemovalStep>

/** What taking an app or a server away removed, and what it could not reach yet. */
export const Removal = object({
  /** Id of the app or server that went. */
  id: string(),
  kind: picklist(['app', 'server']),
  name: string(),
  at: number(),
  steps: array(RemovalStep),
})
export type Removal = InferOutput<typeof Removal>
