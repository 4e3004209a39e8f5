import type { Conclusion } from '../../../src-preload/contract/entities/diagnosis'
import type { Repository } from '../../../src-preload/contract/entities/repository'
import type { Failure, FailureData } from '../../../src-preload/contract/outcome'
import type { AccountRecord } from '../accounts/account-record'
import type { SignedIn } from './look'
import { type OwnerState, ownerOf } from './owner'
import type { Seen } from './sight'

const nothing: Conclusion = {
  finding: 'failed',
  failure: null,
  accountId: null,
  repository: null,
  owner: null,
  host: null,
  provider: null,
  page: null,
  hiddenBy: [],
  similar: [],
}

/** A conclusion of the usual emptiness, and what a check brought. */
export const conclusion = (found: Partial<Conclusion>): Conclusion => ({ ...nothing, ...found })

const asData = ({ code, facts }: Failure | FailureData): FailureData => ({ code, facts: { ...facts } })

/** It can't be told whether the repository is visible, because of something else. */
export const failed = (
  failure: Failure | FailureData,
  account: Pick<AccountRecord, 'id' | 'host' | 'provider'> | null,
): Conclusion =>
  conclusion({
    failure: asData(failure),
    accountId: account?.id ?? null,
    host: account?.host ?? null,
    provider: account?.provider ?? null,
  })

/** The one thing about a repository that an account sees: what hides it comes first, what merely deserves a word last. */
const seen = ({ by, repository, moved, list, listFailure, hiddenBy, code }: Seen): Conclusion => {
  const { id: accountId, host, provider } = by.account
  const told = (found: Partial<Conclusion>) =>
    conclusion({
      accountId,
      host,
      provider,
      repository,
      owner: repository.owner,
      page: repository.webUrl,
      hiddenBy: [...hiddenBy],
      ...found,
    })
  if (list === 'missing' && listFailure !== null) return told({ failure: asData(listFailure) })
  if (code !== null) return told({ failure: asData(code) })
  if (list === 'missing') return told({ finding: 'not-listed' })
  if (list === 'reading') return told({ finding: 'listing' })
  if (moved) return told({ finding: 'moved' })
  if (hiddenBy.length > 0) return told({ finding: 'filtered' })
  return told({ finding: list === 'renewed' ? 'found' : 'shown' })
}

/** What is known of a repository that nobody sees. */
export interface Clues {
  readonly subject: SignedIn
  /** What the account lacks to list repositories. */
  readonly scope: Failure | null
  readonly owner: OwnerState
  /** What the provider answered when it was asked for the repository. */
  readonly failure: Failure
  readonly similar: readonly Repository[]
}

/** A refusal says more than "not found" does, but less than what the account's own check has told. */
const unseen = ({ subject, scope, owner, failure, similar }: Clues): Conclusion => {
  const { account, path } = subject
  const told = (found: Partial<Conclusion>) =>
    conclusion({
      accountId: account.id,
      host: account.host,
      provider: account.provider,
      owner: ownerOf(path),
      page: `${account.host}/${path.split('/').map(encodeURIComponent).join('/')}`,
      similar: [...similar],
      ...found,
    })
  if (failure.code !== 'not-found' && failure.code !== 'access-restricted') {
    const named = failure.code === 'sso-required' ? { owner: ownerOf(path) } : {}
    return told({ failure: { code: failure.code, facts: { ...named, ...failure.facts } } })
  }
  if (scope !== null) return told({ failure: asData(scope) })
  if (owner.kind === 'shut' || owner.kind === 'partly') return told({ failure: asData(owner.failure) })
  if (owner.kind === 'stranger') return told({ finding: 'not-a-member' })
  return told({ failure: asData(failure) })
}

/** Draws the one conclusion from what the checks have found. */
export const conclude = { seen, unseen }
