import { array, boolean, type InferOutput, nullable, number, object, optional, picklist, string } from 'valibot'
import { FailureData } from '../outcome'
import { text, Whole } from '../text'

/** A repository as an account sees it. `id` is the provider's immutable id; names may change. */
export const Repository = object({
  /** `accountId/id`, unique in the whole list. */
  key: string(),
  accountId: string(),
  id: string(),
  /** Full path, e.g. `group/sub/project`. */
  path: string(),
  owner: string(),
  name: string(),
  private: boolean(),
  archived: boolean(),
  fork: boolean(),
  language: nullable(string()),
  /** Unix ms of the last push, or null when never or unknown. */
  pushedAt: nullable(number()),
  /** Null for an empty repository. */
  defaultBranch: nullable(string()),
  httpsUrl: string(),
  sshUrl: nullable(string()),
  webUrl: string(),
})
export type Repository = InferOutput<typeof Repository>

export const RepositoryFilters = object({
  accountId: optional(nullable(text(200)), null),
  owner: optional(nullable(text(1000)), null),
  visibility: optional(picklist(['any', 'private', 'public']), 'any'),
  archived: optional(picklist(['any', 'yes', 'no']), 'no'),
  fork: optional(picklist(['any', 'yes', 'no']), 'any'),
  language: optional(nullable(text(200)), null),
})
export type RepositoryFilters = InferOutput<typeof RepositoryFilters>

/** How far the listing of one account is. */
export const Listing = object({
  accountId: string(),
  state: picklist(['idle', 'loading', 'failed']),
  /** Rows known so far. */
  count: number(),
  /** Rows to come, where the provider says. */
  total: nullable(number()),
  /** Unix ms of the last complete listing, or null. */
  completeAt: nullable(number()),
  /** Why it failed, or why it is incomplete although it ended (e.g. SSO). */
  failure: nullable(FailureData),
})
export type Listing = InferOutput<typeof Listing>

/** One slice of a search over all known repositories. */
export const RepositorySlice = object({
  /** Rows that match. */
  total: number(),
  /** Rows known in all, before the search. */
  known: number(),
  offset: number(),
  rows: array(Repository),
  listings: array(Listing),
  /** Values to offer in the filters, most frequent first, at most 200 each. */
  owners: array(string()),
  languages: array(string()),
})
export type RepositorySlice = InferOutput<typeof RepositorySlice>

export const Branch = object({ name: string(), commit: string(), default: boolean(), protected: boolean() })
export type Branch = InferOutput<typeof Branch>

/** A page of branches; the default branch comes first on the first page. */
export const BranchPage = object({
  branches: array(Branch),
  next: nullable(Whole),
  /** Why branches are missing on this page. */
  partial: optional(FailureData),
})
export type BranchPage = InferOutput<typeof BranchPage>
