import { object, picklist } from 'valibot'
import { RepositoryFilters } from '../../../src-preload/contract/entities/repository'
import { remembered } from '../../remembered'

/** What the person asks the index. */
export interface Question {
  readonly text: string
  readonly filters: RepositoryFilters
  readonly sort: 'pushed' | 'name'
}

/** What is asked before anybody has narrowed it down. */
export const everything: Question = {
  text: '',
  filters: { accountId: null, owner: null, visibility: 'any', archived: 'no', fork: 'any', language: null },
  sort: 'pushed',
}

/** Whether two ask for the same rows. */
export const isSame = (one: Question, other: Question): boolean =>
  one.text === other.text &&
  one.sort === other.sort &&
  (Object.keys(everything.filters) as (keyof RepositoryFilters)[]).every(
    (key) => one.filters[key] === other.filters[key],
  )

const Narrowing = object({ filters: RepositoryFilters, sort: picklist(['pushed', 'name']) })

/** Filters and order, until the next start. */
export const narrowing = remembered('repositories', Narrowing, { filters: everything.filters, sort: everything.sort })
