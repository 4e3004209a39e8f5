import { Failure, type FailureCode } from '../../../src-preload/contract/outcome'
import { hostOf } from '../../git/address'
import type { Source } from './clone-source'
import type { ClonePorts } from './ports'

/** Failures of git about which the provider knows more: servers say "not found" for many things. */
const doubtful: readonly FailureCode[] = ['not-found', 'moved', 'auth-expired', 'access-denied', 'repository-empty']

/** Answers of the provider that explain the failure better than git's. */
const telling: readonly FailureCode[] = [
  'not-found',
  'auth-expired',
  'auth-revoked',
  'access-denied',
  'access-restricted',
  'sso-required',
  'scope-missing',
  'intermediary-answered',
]

/** Time for the question, in ms. A slow provider must not hold the failure back. */
const patience = 5000

/**
 * Asks the provider about a repository that git could not read, by the id that survives renaming. Returns the failure
 * to tell, or `retry` when the provider takes the account's login, which it may just have renewed.
 */
export const secondOpinion = async (
  ports: Pick<ClonePorts, 'access' | 'log' | 'seen'>,
  source: Source,
  failure: Failure,
  signal: AbortSignal,
): Promise<{ readonly failure: Failure; readonly retry: boolean }> => {
  const { repository, accountId, address } = source
  const as = (told: Failure, retry = false) => ({ failure: told, retry })
  // What is missing on this computer (`what`) is no question to the provider.
  if (repository === null || failure.facts.what !== undefined || !doubtful.includes(failure.code)) return as(failure)
  const facts = { host: hostOf(address), path: repository.path }
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patience)
  const relay = () => stop.abort()
  signal.addEventListener('abort', relay, { once: true })
  try {
    const { client } = ports.access.open(accountId)
    const now = await client.repository(repository.id, stop.signal)
    ports.seen(accountId, repository.id, now)
    if (now.path !== repository.path) {
      return as(new Failure('moved', { ...facts, to: now.path }, { cause: failure }))
    }
    if (failure.code === 'auth-expired') {
      return as(new Failure('access-denied', { ...facts, why: 'git-login' }, { cause: failure }), true)
    }
    // Where it is has not changed, so what redirects git is not the host.
    if (failure.code === 'moved') {
      return as(new Failure('intermediary-answered', { ...facts, why: 'login' }, { cause: failure }))
    }
    if (failure.code === 'not-found') {
      return as(new Failure('access-denied', { ...facts, why: 'code' }, { cause: failure }))
    }
    return as(failure)
  } catch (error) {
    if (!(error instanceof Failure)) ports.log.error('The question about a repository ended unexpectedly', { error })
    if (!(error instanceof Failure && telling.includes(error.code))) return as(failure)
    if (error.code === 'not-found') ports.seen(accountId, repository.id, null)
    return as(new Failure(error.code, { ...facts, ...error.facts }, { cause: failure }))
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', relay)
  }
}
