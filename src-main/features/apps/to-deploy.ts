import type { Deploy, Release } from '../../../src-preload/contract/entities/app'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { saidName } from '../../../src-preload/contract/plain-text'
import type { DeployRecord } from '../../deploy/deploy-stream'
import { asData } from '../accounts/failure-families'
import { explainServer, type ServerAttempt } from './explain-server'

/** Phases that the desktop itself went through, by its own clock. */
export interface OwnPhase {
  readonly phase: Deploy['phases'][number]['phase']
  readonly startedAt: number
  readonly milliseconds: number | null
}

/** What is known of a deploy beside its stream. */
export interface DeployContext {
  readonly id: string
  readonly appId: string
  readonly branch: string
  /** Whether its process runs; null when the server can't be asked. */
  readonly alive: boolean | null
  /** How far the server's clock is ahead of ours, in ms. */
  readonly ahead: number
  readonly attempt: ServerAttempt
  readonly before?: readonly OwnPhase[]
  readonly after?: readonly OwnPhase[]
}

const reasons = ['first', 'manual', 'push', 'poll', 'rollback'] as const

const stateOf = (record: DeployRecord, alive: boolean | null): Deploy['state'] => {
  if (record.end !== null) return record.end.state
  if (alive === null) return 'unknown'
  if (!alive) return 'failed'
  return record.startedAt === null ? 'queued' : 'running'
}

const failureOf = (record: DeployRecord, alive: boolean | null, attempt: ServerAttempt): FailureData | null => {
  const { end } = record
  const live = record.switchedAt !== null ? 'new' : record.before === '' ? 'none' : 'old'
  if (end?.state === 'failed') {
    return asData(explainServer(end.code ?? 'unexpected', { ...end.facts, live }, attempt))
  }
  if (end !== null || alive !== false) return null
  // It ended without a word: killed, or the server went down.
  return { code: 'deploy-interrupted', facts: { live, phase: record.phases.at(-1)?.phase ?? 'fetch' } }
}

/** When a deploy was asked for, as its number says: Unix ms by the server's clock. */
export const askedAt = (id: string): number => Number(/^\d+/.exec(id)?.[0] ?? 0)

/** A deploy as the window sees it. Times of the server are turned into this computer's. */
export const toDeploy = (record: DeployRecord, context: DeployContext): Deploy => {
  const { id, appId, alive, ahead, before = [], after = [] } = context
  const here = (at: number) => at - ahead
  const startedAt = here(record.startedAt ?? askedAt(id))
  const ends = [...record.phases.slice(1).map(({ startedAt: next }) => next), record.end?.at ?? null]
  return {
    id,
    appId,
    reason: reasons.find((reason) => reason === record.reason) ?? 'manual',
    state: stateOf(record, alive),
    branch: saidName(record.branch ?? context.branch, 255),
    commit: record.commit,
    author: record.author === null ? null : saidName(record.author, 200),
    subject: record.subject === null ? null : saidName(record.subject, 300),
    startedAt,
    milliseconds: record.end === null || record.startedAt === null ? null : record.end.at - record.startedAt,
    phases: [
      ...before,
      ...record.phases.map(({ phase, startedAt: from }, index) => {
        const end = ends[index] ?? null
        return { phase, startedAt: here(from), milliseconds: end === null ? null : end - from }
      }),
      ...after,
    ],
    release: record.release,
    failure: failureOf(record, alive, context.attempt),
  }
}

/** Reads `name commit time` of a release. */
export const toRelease = (line: string, current: string, ahead: number): readonly Release[] => {
  const [, name, commit, at] = /^(\S+) ([0-9a-f]{40,64}) (\d{1,15})$/.exec(line) ?? []
  if (name === undefined || commit === undefined) return []
  return [{ name, commit, at: Number(at) - ahead, current: name === current }]
}
