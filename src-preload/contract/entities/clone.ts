import { type InferOutput, nullable, number, object, picklist, string } from 'valibot'
import { FailureData } from '../outcome'
import { Said, Whole } from '../text'

/** `quick`: `git ls-remote`. `shallow`: one commit, no files, thrown away. `full`: everything, into a folder that stays. */
export const cloneModes = ['quick', 'shallow', 'full'] as const
export type CloneMode = (typeof cloneModes)[number]

/** The phases git reports, in order. */
export const clonePhases = ['connect', 'count', 'compress', 'receive', 'resolve', 'checkout', 'read'] as const
export type ClonePhase = (typeof clonePhases)[number]

export const CloneProgress = object({
  id: string(),
  phase: picklist(clonePhases),
  /** 0 to 100, or null while git does not say. */
  percent: nullable(number()),
  objects: nullable(number()),
  /** Bytes received so far, and per second. */
  bytes: nullable(number()),
  bytesPerSecond: nullable(number()),
})
export type CloneProgress = InferOutput<typeof CloneProgress>

/** What a test clone proved. */
export const CloneResult = object({
  mode: picklist(cloneModes),
  branch: Said,
  commit: Said,
  /** Null for a quick check, which reads no commit. */
  author: nullable(Said),
  /** Unix ms of the commit, or null for a quick check. */
  committedAt: nullable(number()),
  subject: nullable(Said),
  /** Branches the remote has, or null for a shallow test, which asks for one. */
  branches: nullable(number()),
  objects: nullable(number()),
  /** Bytes on disk. */
  bytes: nullable(number()),
  milliseconds: number(),
  /** Where a full clone was put. */
  folder: nullable(Whole),
  /** What a full clone leaves as it is in the commit: empty folders of submodules, and files that only point at their content. */
  leftOut: nullable(object({ submodules: number(), largeFiles: number() })),
})
export type CloneResult = InferOutput<typeof CloneResult>

/** A test clone under way, or how it ended. */
export const Clone = object({
  id: string(),
  mode: picklist(cloneModes),
  /** The address without credentials. */
  url: string(),
  startedAt: number(),
  state: picklist(['running', 'done', 'failed', 'cancelled']),
  progress: nullable(CloneProgress),
  result: nullable(CloneResult),
  failure: nullable(FailureData),
})
export type Clone = InferOutput<typeof Clone>
