import type { AccountAccess } from './account-access'
import { asFailure, familyOf } from './failure-families'

/** Whether an account's token is still accepted; true also when the provider could not be asked. */
export const tokenWorks = async (access: Pick<AccountAccess, 'open'>, accountId: string): Promise<boolean> => {
  try {
    await access.open(accountId).client.viewer()
    return true
  } catch (error) {
    const failure = asFailure(error)
    return familyOf(failure) !== 'ends' && failure.code !== 'not-found'
  }
}
