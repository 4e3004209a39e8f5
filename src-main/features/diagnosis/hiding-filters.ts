import type { HidingFilter, ShownList } from '../../../src-preload/contract/entities/diagnosis'
import type { Repository } from '../../../src-preload/contract/entities/repository'

/** Which of the list's filters leave a repository out, by the rules of the list itself. */
export const hidingFilters = (repository: Repository, { text, filters }: ShownList): readonly HidingFilter[] => {
  const words = text.normalize('NFC').toLowerCase().split(/\s+/)
  const path = repository.path.normalize('NFC').toLowerCase()
  const wants = (filter: 'any' | 'yes' | 'no', is: boolean) => filter === 'any' || (filter === 'yes') === is
  const lets: Readonly<Record<HidingFilter, boolean>> = {
    text: words.every((word) => path.includes(word)),
    account: filters.accountId === null || filters.accountId === repository.accountId,
    owner: filters.owner === null || filters.owner === repository.owner,
    visibility: filters.visibility === 'any' || (filters.visibility === 'private') === repository.private,
    archived: wants(filters.archived, repository.archived),
    fork: wants(filters.fork, repository.fork),
    language: filters.language === null || filters.language === repository.language,
  }
  return (Object.keys(lets) as HidingFilter[]).filter((filter) => !lets[filter])
}
