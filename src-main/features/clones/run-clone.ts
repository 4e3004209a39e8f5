import type { CloneMode, CloneResult } from '../../../src-preload/contract/entities/clone'
import { Failure } from '../../../src-preload/contract/outcome'
import type { GitProgress } from '../../git/progress'
import type { GitTarget } from '../../git/transport'
import { type OpenedTarget, type OpeningPorts, openTarget, type Source } from './clone-source'
import type { ClonePorts } from './ports'
import { secondOpinion } from './second-opinion'

/** One clone as it was asked for. */
export interface CloneOrder {
  readonly source: Source
  readonly mode: CloneMode
  readonly branch: string | null
  /** For `full`; null otherwise. */
  readonly folder: string | null
  readonly signal: AbortSignal
  readonly onProgress: (progress: GitProgress) => void
}

/** What a clone proved, without the time it took. */
export type CloneProof = Omit<CloneResult, 'milliseconds'>

/** Git misses the branch in a repository that has none at all: that one is empty. */
const namingEmpty = async <T>(
  { git }: Pick<ClonePorts, 'git'>,
  target: GitTarget,
  signal: AbortSignal,
  clone: () => Promise<T>,
): Promise<T> => {
  try {
    return await clone()
  } catch (error) {
    // Fails with `repository-empty` where there is nothing to list.
    if (error instanceof Failure && error.code === 'branch-missing') await git.listBranches(target, { signal })
    throw error
  }
}

const atRemote = async (
  { git }: Pick<ClonePorts, 'git'>,
  target: GitTarget,
  order: CloneOrder,
): Promise<CloneProof> => {
  const { mode, branch, folder, signal, onProgress } = order
  const nothing = {
    author: null,
    committedAt: null,
    subject: null,
    objects: null,
    bytes: null,
    folder: null,
    leftOut: null,
  }
  if (mode === 'quick') {
    const branches = await git.listBranches(target, { branch, signal })
    const found = branches.find(({ name }) => name === branch) ?? branches[0]
    // `listBranches` never gives an empty list.
    if (found === undefined) throw new Failure('repository-empty')
    return { ...nothing, mode, branch: found.name, commit: found.commit, branches: branches.length }
  }
  if (mode === 'shallow') {
    const cloned = await namingEmpty({ git }, target, signal, () =>
      git.testClone(target, { branch, signal, onProgress }),
    )
    return { ...nothing, ...cloned, mode, branches: null }
  }
  if (folder === null) throw new Failure('invalid-input', { field: 'folder' })
  const cloned = await namingEmpty({ git }, target, signal, () =>
    git.fullClone(target, folder, { branch, signal, onProgress }),
  )
  return { mode, ...cloned }
}

const once = (ports: ClonePorts, order: CloneOrder): Promise<CloneProof> =>
  withTarget(ports, order.source, async (target) => {
    if (order.signal.aborted) throw new Failure('cancelled')
    return atRemote(ports, target, order)
  })

/** With whose login it was, for a host that names itself by another address. */
const explained = async (
  failure: Failure,
  { accountId }: Source,
  explain: OpenedTarget['explain'],
): Promise<Failure> => {
  if (explain !== undefined) return explain(failure)
  const { code, facts } = failure
  return code === 'foreign-link-refused'
    ? new Failure(code, { ...facts, account: accountId }, { cause: failure })
    : failure
}

/** Does something at a source with its login, and says what a failure of that login needs to be put right. */
export const withTarget = async <T>(
  ports: OpeningPorts,
  source: Source,
  act: (target: GitTarget) => Promise<T>,
): Promise<T> => {
  const { target, close, explain } = await openTarget(ports, source)
  try {
    return await act(target)
  } catch (error) {
    throw error instanceof Failure ? await explained(error, source, explain) : error
  } finally {
    await close()
  }
}

/**
 * Runs one clone to its end. A refused login is tried once more if the provider itself still takes it, since it may
 * have been renewed by that question. The account learns what was met.
 */
export const runClone = async (ports: ClonePorts, order: CloneOrder): Promise<CloneProof> => {
  const { source, signal } = order
  const { met } = ports.access
  try {
    let proof: CloneProof
    try {
      proof = await once(ports, order)
    } catch (error) {
      if (!(error instanceof Failure) || signal.aborted) throw error
      const { failure, retry } = await secondOpinion(ports, source, error, signal)
      if (!retry || signal.aborted) throw failure
      proof = await once(ports, order).catch((again: unknown) => {
        throw again instanceof Failure && again.code === error.code ? failure : again
      })
    }
    met(source.accountId, { ok: true })
    if (source.repository === null) await ports.access.reached(source.accountId, source.address.url)
    return proof
  } catch (error) {
    // A folder that can't be written, or a change of mind, says nothing about the account.
    if (error instanceof Failure && !['storage-failed', 'cancelled'].includes(error.code)) {
      met(source.accountId, { ok: false, error })
    }
    throw error
  }
}
