import type { Account } from '../../../src-preload/contract/entities/account'
import type { Conclusion, ShownList } from '../../../src-preload/contract/entities/diagnosis'
import { Failure } from '../../../src-preload/contract/outcome'
import { lookBySsh, lookElsewhere } from './away'
import { type Candidate, findCandidates, reachHosts } from './candidates'
import { conclude, failed } from './conclude'
import { judgeOwner, type OwnerState, ownerOf } from './owner'
import type { DiagnosisPorts } from './ports'
import { nameOf, readQuestion } from './question'
import { lookAtSight } from './sight'
import type { Found, Steps } from './steps'

/** What was asked. */
export interface Asked {
  readonly address: string
  readonly accountId: string | null
  readonly shown: ShownList
}

/** A candidate as its last check left it. */
export interface SignedIn extends Candidate {
  readonly account: Account
}

const nameOfAccount = ({ label, login }: Pick<Account, 'label' | 'login'>): string => label || login

const works = ({ account }: SignedIn): boolean => account.state === 'connected' || account.state === 'needs-attention'

const reasonOf = ({ account }: SignedIn): Failure =>
  new Failure(account.reason?.code ?? 'unreachable', { host: account.host, ...account.reason?.facts })

const toFound = (all: readonly SignedIn[]): Found => {
  const bad = all.filter((one) => !works(one))
  const [first] = bad
  return {
    state: bad.length === 0 ? 'passed' : bad.length < all.length ? 'warned' : 'failed',
    detail: all.map(({ account }) => nameOfAccount(account)).join(', '),
    failure: first === undefined ? null : reasonOf(first),
  }
}

/** The credential ended: a wrong clock does that too, and signing in again would not help. */
const hasEnded = ({ code }: Failure): boolean => code === 'auth-expired' || code === 'auth-revoked'

const ranks: Readonly<Record<OwnerState['kind'], number>> = { open: 0, shut: 1, partly: 1, unsaid: 2, stranger: 3 }

/** The account that was named first, then whoever has most to do with the owner. */
const byRank =
  (accountId: string | null) =>
  (one: SignedIn, other: SignedIn): number => {
    const rank = ({ account, path }: SignedIn) =>
      account.id === accountId ? -1 : ranks[judgeOwner(account, ownerOf(path)).kind]
    return rank(one) - rank(other)
  }

const ownerFound = (state: OwnerState, owner: string): Found => {
  switch (state.kind) {
    case 'open':
      return { detail: owner }
    case 'shut':
      return { state: 'failed', detail: owner, failure: state.failure }
    case 'partly':
      return { state: 'warned', detail: owner, failure: state.failure }
    case 'stranger':
      return { state: 'warned', detail: owner }
    case 'unsaid':
      return { state: 'skipped' }
  }
}

/** What may have been meant: the path with a slip of the finger, else the same name elsewhere. */
const findSimilar = async ({ list }: Pick<DiagnosisPorts, 'list'>, accountId: string, path: string) => {
  const near = await list.search(path, accountId)
  return near.length > 0 ? near : list.search(path.slice(path.lastIndexOf('/') + 1), accountId)
}

/**
 * Goes through the checks until one thing is left to be done, and says it.
 * @throws Failure of a check that could not be made
 */
export const look = async (
  ports: DiagnosisPorts,
  steps: Steps,
  asked: Asked,
  signal: AbortSignal,
): Promise<Conclusion> => {
  const question = await steps.run(
    'address',
    async () => readQuestion(asked.address, ports.access.records()),
    (read) => ({ detail: nameOf(read) }),
  )
  const { api, ssh } = findCandidates(ports, question, asked.accountId)
  const [sshFirst] = ssh
  const asksSsh = api.length === 0 || (asked.accountId !== null && sshFirst?.record.id === asked.accountId)
  if (asksSsh && sshFirst !== undefined) return lookBySsh(ports, steps, asked.address, sshFirst, signal)
  if (api.length === 0) return lookElsewhere(ports, steps, asked.address, question, signal)

  const { reached, failure: away, skew } = await reachHosts(ports, steps, api, signal)
  if (reached.length === 0) return failed(away ?? new Failure('unreachable'), api[0]?.record ?? null)
  await steps.run(
    'account',
    async () => reached,
    (all) => ({ detail: all.map(({ record }) => nameOfAccount(record)).join(', ') }),
  )
  const all = await steps.run(
    'sign-in',
    () =>
      Promise.all(
        reached.map(async (candidate): Promise<SignedIn> => {
          await ports.accounts.check(candidate.record.id)
          return { ...candidate, account: ports.accounts.get(candidate.record.id) }
        }),
      ),
    toFound,
  )
  const ranked = all.filter(works).sort(byRank(asked.accountId))
  const [subject] = ranked
  // Who asks about one account is told of that one; of others only that they see it.
  const isOther =
    subject !== undefined &&
    api.some(({ record }) => record.id === asked.accountId) &&
    subject.account.id !== asked.accountId
  if (isOther) {
    const sight = await lookAtSight(ports, steps, { ranked, shown: asked.shown }, signal)
    if (sight.kind === 'seen') return conclude.seen(sight)
    const named = all.find((one) => one.account.id === asked.accountId)
    const reason = named === undefined ? (away ?? new Failure('unreachable')) : reasonOf(named)
    const record = api.find((one) => one.record.id === asked.accountId)?.record ?? null
    return failed(skew !== null && hasEnded(reason) ? skew : reason, record)
  }
  if (subject === undefined) {
    const reason = all[0] === undefined ? new Failure('unreachable') : reasonOf(all[0])
    return failed(skew !== null && hasEnded(reason) ? skew : reason, all[0]?.record ?? null)
  }

  const { account, path } = subject
  const scope = await steps.run(
    'scope',
    async () => (account.reason?.code === 'scope-missing' ? reasonOf(subject) : null),
    (missing) =>
      missing === null
        ? { detail: account.scopes === null ? null : account.scopes.join(', ') }
        : { state: 'failed', failure: missing },
  )
  const owner = await steps.run(
    'owner',
    async () => judgeOwner(account, ownerOf(path)),
    (state) => ownerFound(state, ownerOf(path)),
  )
  const sight = await lookAtSight(ports, steps, { ranked, shown: asked.shown }, signal)
  if (sight.kind === 'seen') return conclude.seen(sight)
  const similar = await findSimilar(ports, account.id, path)
  return conclude.unseen({ subject, scope, owner, failure: sight.failure, similar })
}
