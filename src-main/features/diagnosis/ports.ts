import type { Account } from '../../../src-preload/contract/entities/account'
import type { Detected } from '../../../src-preload/contract/entities/provider'
import type { Listing, Repository } from '../../../src-preload/contract/entities/repository'
import type { Clock } from '../../clock'
import type { Announce } from '../../ipc/announce'
import type { Log } from '../../log/log'
import type { Fetch } from '../../network/fetch'
import type { AccountAccess } from '../accounts/account-access'

/** What the diagnosis needs from the rest of the app. */
export interface DiagnosisPorts {
  readonly access: Pick<AccountAccess, 'records' | 'open'>
  readonly accounts: {
    /** Asks the provider now; resolves when the account's state is known. */
    readonly check: (accountId: string) => Promise<void>
    /** @throws Failure `not-found` */
    readonly get: (accountId: string) => Account
  }
  readonly fetch: Fetch
  /** Says which forge an address belongs to, without an account. */
  readonly detect: (address: string) => Promise<Detected>
  readonly list: {
    /** The repository as the list has it, or null. */
    readonly find: (accountId: string, id: string) => Promise<Repository | null>
    /** Lists the account again; resolves with how that ended. */
    readonly renew: (accountId: string) => Promise<Listing>
    /** Repositories of an account that a search for this text brings, the best first. */
    readonly search: (text: string, accountId: string) => Promise<readonly Repository[]>
  }
  /** Lets git ask for the branches; resolves with their number. Rejects with what `explain.ts` makes of a refusal. */
  readonly countBranches: (
    source:
      | { readonly kind: 'repository'; readonly accountId: string; readonly id: string; readonly transport: 'https' }
      | { readonly kind: 'ssh-address'; readonly accountId: string; readonly address: string },
    signal: AbortSignal,
  ) => Promise<number>
  readonly announce: Announce
  readonly clock: Clock
  readonly log: Pick<Log, 'error'>
}
