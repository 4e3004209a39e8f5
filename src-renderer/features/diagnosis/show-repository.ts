import type { Repository } from '../../../src-preload/contract/entities/repository'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { everything } from '../repositories/question'
import { repositoryList } from '../repositories/use-repositories'

/** Goes to the list, narrowed down to one repository, whatever was filtered before, and opens its details. */
export const showRepository = (repository: Repository): void => {
  const { ask, select } = repositoryList.getState()
  const filters = { ...everything.filters, accountId: repository.accountId, archived: 'any' as const }
  ask({ text: repository.path, filters }).catch(reportFailure)
  select(repository)
  navigate('/repositories')
}
