import { integer, maxValue, minValue, nullable, number, object, optional, picklist, pipe } from 'valibot'
import { BranchPage, Repository, RepositoryFilters, RepositorySlice } from './entities/repository'
import { method, nothing } from './method'
import { Id, text } from './text'

const ByKey = object({ accountId: Id, id: Id })

export const repositories = {
  /** Searches the local index; answers at once and never waits for the network. */
  query: method(
    object({
      text: optional(text(200), ''),
      filters: optional(RepositoryFilters, {}),
      sort: optional(picklist(['pushed', 'name']), 'pushed'),
      offset: optional(pipe(number(), integer(), minValue(0)), 0),
      limit: optional(pipe(number(), integer(), minValue(1), maxValue(200)), 60),
    }),
    RepositorySlice,
  ),
  /** Lists again from the provider: one account, or all. Resolves when started. */
  refresh: method(object({ accountId: optional(nullable(Id), null) }), nothing),
  /** Stops listings that nobody waits for. */
  stop: method(nothing, nothing),
  get: method(ByKey, Repository),
  branches: method(
    object({ accountId: Id, id: Id, text: optional(text(200), ''), cursor: optional(nullable(text(4096)), null) }),
    BranchPage,
  ),
  /** Opens the repository's page at its provider. */
  open: method(ByKey, nothing),
}
