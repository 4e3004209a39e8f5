import { type InferOutput, nullable, object, picklist, string } from 'valibot'
import { RepositoryFilters, RepositorySlice } from './entities/repository'
import { leaving } from './leaving'

/** Their lengths are bounded where the window hands them in; here they are cut like every text that leaves main. */
const ShownFilters = object({
  ...RepositoryFilters.entries,
  accountId: nullable(string()),
  owner: nullable(string()),
  language: nullable(string()),
})

/**
 * What the list of repositories showed last. Main puts it into the page, so that a start shows it before anything has been
 * asked or read: at 100,000 rows the index takes longer than anybody should wait for a first look.
 */
export const FirstRows = leaving(
  object({
    question: object({ text: string(), filters: ShownFilters, sort: picklist(['pushed', 'name']) }),
    slice: RepositorySlice,
  }),
)
export type FirstRows = InferOutput<typeof FirstRows>
