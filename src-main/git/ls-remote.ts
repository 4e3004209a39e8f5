import { Failure } from '../../src-preload/contract/outcome'
import { hostOf } from './address'
import { requireBranchName } from './branch-name'
import type { RunRemote } from './remote'
import type { GitTarget } from './transport'

/** One branch of a remote. */
export interface RemoteBranch {
  readonly name: string
  readonly commit: string
  readonly default: boolean
}

/** Reads `git ls-remote --symref` (git-ls-remote(1)): branches by name, the default one first. Other lines are left out. */
export const parseRefs = (text: string): readonly RemoteBranch[] => {
  const head = /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(text)?.[1]
  const detached = /^([0-9a-f]{40,64})\tHEAD$/m.exec(text)?.[1]
  const found = [...text.matchAll(/^([0-9a-f]{40,64})\trefs\/heads\/(.+)$/gm)].map(([, commit = '', name = '']) => ({
    name,
    commit,
  }))
  // Servers of old do not say which branch HEAD is; then it is the one with the same commit, as git guesses.
  const known = found.some(({ name }) => name === head)
  const guess = found.filter(({ commit }) => commit === detached).map(({ name }) => name)
  const first = known ? head : (guess.find((name) => name === 'main' || name === 'master') ?? guess[0])
  return found
    .map((branch) => ({ ...branch, default: branch.name === first }))
    .sort((a, b) => Number(b.default) - Number(a.default) || (a.name < b.name ? -1 : 1))
}

/** Time for one question, in ms. */
const timeout = 30_000

/**
 * Asks a remote for its branches: proves in one exchange that it can be reached, that the login is good and that the
 * repository is there. Nothing is written to the disk.
 * @throws Failure as in `explain.ts`; `repository-empty`, `branch-missing` (when `branch` is given), `bad-answer`
 */
export const listBranches = async (
  run: RunRemote,
  target: GitTarget,
  options: { readonly branch?: string | null; readonly signal?: AbortSignal } = {},
): Promise<readonly RemoteBranch[]> => {
  const { branch = null, signal } = options
  if (branch !== null) requireBranchName(branch)
  const { stdout } = await run(target, {
    args: ['ls-remote', '--symref'],
    operands: ['HEAD', 'refs/heads/*'],
    timeout,
    throwaway: true,
    ...(signal ? { signal } : {}),
  })
  const branches = parseRefs(stdout)
  if (branches.length === 0) throw await explainEmpty(run, target, signal)
  if (branch !== null && !branches.some(({ name }) => name === branch)) {
    throw new Failure('branch-missing', { host: hostOf(target.address), branch })
  }
  return branches
}

/**
 * Why a remote has no branch. To git, a web page that answers with status 200 (a login page of the network, say) looks
 * like an empty repository; but only a git server speaks in packets (gitprotocol-common(5)).
 */
export const explainEmpty = async (run: RunRemote, target: GitTarget, signal?: AbortSignal): Promise<Failure> => {
  const { address } = target
  let packets = 0
  await run(target, {
    args: ['ls-remote'],
    timeout,
    throwaway: true,
    tracePackets: true,
    onLine: (line) => {
      if (/\bpacket: +\S+< /.test(line)) packets += 1
    },
    ...(signal ? { signal } : {}),
  })
  const facts = { host: hostOf(address), path: address.path.replace(/\.git$/, '') }
  return packets > 0 ? new Failure('repository-empty', facts) : new Failure('bad-answer', { ...facts, why: 'not-git' })
}
