import type { HidingFilter, ShownList } from '../../../src-preload/contract/entities/diagnosis'
import type { Listing, Repository } from '../../../src-preload/contract/entities/repository'
import { Failure, type FailureData } from '../../../src-preload/contract/outcome'
import type { RemoteRepository } from '../../providers/provider'
import { hidingFilters } from './hiding-filters'
import type { SignedIn } from './look'
import type { DiagnosisPorts } from './ports'
import type { Steps } from './steps'

/** Longest time that a list is waited for, in ms. A long one goes on behind the answer. */
const listPatience = 15_000

/** A repository that an account sees, and how it stands with the list and with git. */
export interface Seen {
  readonly kind: 'seen'
  readonly by: SignedIn
  readonly repository: Repository
  readonly moved: boolean
  /** `known`: it was in the list. `renewed`: it is since the list was read again. `reading`: that is not done yet. */
  readonly list: 'known' | 'renewed' | 'reading' | 'missing'
  /** Why the list could not be read. */
  readonly listFailure: FailureData | null
  readonly hiddenBy: readonly HidingFilter[]
  /** Why git may not read it. */
  readonly code: Failure | null
}

/** Nobody sees it; `failure` is what the first account met when it asked. */
export interface Unseen {
  readonly kind: 'unseen'
  readonly failure: Failure
}

const sightOf = async (candidate: SignedIn, signal: AbortSignal) => {
  const unseen = new Failure('not-found', { host: candidate.account.host, path: candidate.path })
  try {
    const remote = await candidate.client.findRepository(candidate.path, signal)
    return { candidate, remote, failure: unseen }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { candidate, remote: null, failure: error.code === 'not-found' ? unseen : error }
  }
}

const toRepository = (remote: RemoteRepository, accountId: string): Repository => ({
  ...remote,
  accountId,
  key: `${accountId}/${remote.id}`,
})

const lookInList = async ({ list, clock }: Pick<DiagnosisPorts, 'list' | 'clock'>, { accountId, id }: Repository) => {
  const known = await list.find(accountId, id)
  if (known !== null) return { state: 'known' as const, failure: null }
  const listing = await new Promise<Listing | null>((resolve, reject) => {
    const calm = clock.after(listPatience, () => resolve(null))
    list.renew(accountId).then(resolve, reject).finally(calm)
  })
  const now = await list.find(accountId, id)
  if (now !== null) return { state: 'renewed' as const, failure: null }
  if (listing === null) return { state: 'reading' as const, failure: null }
  // What a whole reading leaves out because of somebody's single sign-on is not visible by its path either.
  return { state: 'missing' as const, failure: listing.state === 'failed' ? listing.failure : null }
}

/** Asks the accounts for the repository by its path, then the list, its filters, and git. */
export const lookAtSight = async (
  ports: DiagnosisPorts,
  steps: Steps,
  { ranked, shown }: { readonly ranked: readonly SignedIn[]; readonly shown: ShownList },
  signal: AbortSignal,
): Promise<Seen | Unseen> => {
  const sights = await steps.run(
    'repository',
    () => Promise.all(ranked.map((candidate) => sightOf(candidate, signal))),
    (all) => {
      const seen = all.find(({ remote }) => remote !== null)
      return seen === undefined
        ? { state: 'failed', failure: all[0]?.failure ?? null }
        : { detail: seen.candidate === ranked[0] ? null : seen.candidate.account.label || seen.candidate.account.login }
    },
  )
  const seen = sights.find(({ remote }) => remote !== null)
  if (seen === undefined || seen.remote === null) {
    return { kind: 'unseen', failure: sights[0]?.failure ?? new Failure('not-found') }
  }
  const { candidate: by, remote } = seen
  const repository = toRepository(remote, by.account.id)
  const { host } = by.account

  const moved = await steps.run(
    'name',
    async () => remote.path.toLowerCase() !== by.path.toLowerCase(),
    (other) =>
      other
        ? {
            state: 'warned',
            detail: remote.path,
            failure: new Failure('moved', { host, path: by.path, to: remote.path }),
          }
        : { detail: remote.path },
  )
  const { state: list, failure: listFailure } = await steps.run(
    'list',
    () => lookInList(ports, repository),
    ({ state, failure }) => ({
      state: state === 'missing' ? 'failed' : state === 'known' ? 'passed' : 'warned',
      failure: failure === null ? null : new Failure(failure.code, failure.facts),
    }),
  )
  const hiddenBy = await steps.run(
    'filters',
    async () => hidingFilters(repository, shown),
    (filters) => ({ state: filters.length === 0 ? 'passed' : list === 'missing' ? 'warned' : 'failed' }),
  )
  const code = await steps.run(
    'code',
    async () => {
      try {
        const source = { kind: 'repository', accountId: by.account.id, id: remote.id, transport: 'https' } as const
        return { branches: await ports.countBranches(source, signal), failure: null }
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        return { branches: 0, failure: error }
      }
    },
    ({ branches, failure }) => ({
      state: failure === null ? 'passed' : failure.code === 'repository-empty' ? 'warned' : 'failed',
      detail: failure === null ? String(branches) : null,
      failure,
    }),
  )
  return {
    kind: 'seen',
    by,
    repository,
    moved,
    list,
    listFailure,
    hiddenBy,
    code: code.failure?.code === 'repository-empty' ? null : code.failure,
  }
}
