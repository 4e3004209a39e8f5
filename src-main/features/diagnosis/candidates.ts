import { Failure } from '../../../src-preload/contract/outcome'
import { clockSkew } from '../../network/clock-skew'
import type { ProviderClient } from '../../providers/provider'
import type { AccountRecord } from '../accounts/account-record'
import type { DiagnosisPorts } from './ports'
import { pathAt, type Question } from './question'
import type { Found, Steps } from './steps'

/** An account at the repository's host, and the repository's path there. */
export interface Candidate {
  readonly record: AccountRecord
  readonly path: string
  /** Base of the provider's interface. */
  readonly api: string
  readonly client: ProviderClient
}

/** An account that can clone but has no interface to ask. */
export interface SshCandidate {
  readonly record: AccountRecord
  readonly path: string
}

/** Accounts that may see it; the one that was named first. */
export const findCandidates = (
  { access }: Pick<DiagnosisPorts, 'access'>,
  question: Question,
  accountId: string | null,
): { readonly api: readonly Candidate[]; readonly ssh: readonly SshCandidate[] } => {
  const records = [...access.records()].sort((a, b) => Number(b.id === accountId) - Number(a.id === accountId))
  const api = records
    .filter(({ kind }) => kind !== 'ssh')
    .flatMap((record) => {
      const { provider, client } = access.open(record.id)
      const path = pathAt(question, record, provider.recognise)
      return path === null ? [] : [{ record, path, api: provider.apiBase(record.host), client }]
    })
  const ssh = records
    .filter(({ kind }) => kind === 'ssh')
    .flatMap((record) => {
      const path = question.place === null ? null : pathAt(question, record, { nested: true })
      return path === null ? [] : [{ record, path }]
    })
  return { api, ssh }
}

interface Reached {
  readonly api: string
  readonly date: string | null
  readonly failure: Failure | null
}

/** Any answer will do: it shows that the way is free, and what time it is there. */
const reach = async ({ fetch }: Pick<DiagnosisPorts, 'fetch'>, api: string, signal: AbortSignal): Promise<Reached> => {
  try {
    const { headers } = await fetch(api, { method: 'HEAD', signal, timeout: 15_000 })
    return { api, date: headers.get('date'), failure: null }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { api, date: null, failure: error }
  }
}

const hostsOf = (answers: readonly Reached[]): string => answers.map(({ api }) => new URL(api).host).join(', ')

const toFound = (answers: readonly Reached[]): Found => {
  const bad = answers.filter(({ failure }) => failure !== null)
  const state = bad.length === 0 ? 'passed' : bad.length < answers.length ? 'warned' : 'failed'
  return { state, detail: hostsOf(answers), failure: bad[0]?.failure ?? null }
}

const toSkew = (answers: readonly Reached[], now: number): Failure | null => {
  const skews = answers.flatMap(({ api, date }) => {
    const skew = clockSkew(date, now)
    return skew === null ? [] : [{ host: new URL(api).host, minutes: Math.max(1, Math.round(Math.abs(skew) / 60_000)) }]
  })
  const [worst] = skews.sort((a, b) => b.minutes - a.minutes)
  return worst === undefined ? null : new Failure('clock-wrong', { host: worst.host, minutes: String(worst.minutes) })
}

/** Asks the hosts of the candidates whether they are there, and compares clocks. */
export const reachHosts = async (
  ports: Pick<DiagnosisPorts, 'fetch' | 'clock'>,
  steps: Steps,
  candidates: readonly Candidate[],
  signal: AbortSignal,
): Promise<{
  /** Candidates whose host answered. */
  readonly reached: readonly Candidate[]
  /** Why the first of the others did not. */
  readonly failure: Failure | null
  readonly skew: Failure | null
}> => {
  const apis = [...new Set(candidates.map(({ api }) => api))]
  const answers = await steps.run('host', () => Promise.all(apis.map((api) => reach(ports, api, signal))), toFound)
  const reached = candidates.filter(({ api }) => answers.some((one) => one.api === api && one.failure === null))
  const failure = answers.find((one) => one.failure !== null)?.failure ?? null
  if (reached.length === 0) return { reached, failure, skew: null }
  const skew = await steps.run(
    'clock',
    async () => toSkew(answers, ports.clock.now()),
    (wrong) => (wrong === null ? {} : { state: 'warned', failure: wrong }),
  )
  return { reached, failure, skew }
}
