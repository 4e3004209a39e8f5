import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import type { FailureHandlers } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'

/** Opens the page where the failure is put right; else the one where the account's access is chosen. */
const manageAccess = (id: string, { facts }: FailureData) => {
  const page =
    facts.url === undefined
      ? api.accounts.manageAccess({ id, owner: facts.owner ?? null })
      : api.system.openPage({ url: facts.url })
  page.catch(reportFailure)
}

/**
 * What a failure of one account asks for, done for that account.
 * @param leave called before another screen is shown, for whatever lies over this one
 */
export const accountFixes = (
  id: string,
  failure: FailureData,
  leave: () => void = () => undefined,
): FailureHandlers => {
  const go = (to: string) => () => {
    leave()
    navigate(to)
  }
  const account = encodeURIComponent(id)
  const { facts } = failure
  return {
    reconnect: go(`/accounts/connect?account=${account}`),
    'sign-in-again': go(`/accounts/connect?account=${account}`),
    'replace-token': go(`/accounts/connect?account=${account}&way=token`),
    'manage-access': () => manageAccess(id, failure),
    // A clone by SSH may have offered another key than the account's own.
    'show-key': go(facts.key === undefined ? `/ssh-keys?account=${account}` : `/ssh-keys?key=${facts.key}`),
    'open-host-keys': go(`/host-keys?host=${encodeURIComponent(facts.host ?? '')}`),
    'open-accounts': go(`/accounts?account=${account}`),
  }
}
