import { join } from 'node:path'
import { Failure } from '../../src-preload/contract/outcome'
import { hostOf } from './address'
import { requireBranchName } from './branch-name'
import { diskSize } from './disk-size'
import { explainEmpty } from './ls-remote'
import { type GitProgress, parseProgress } from './progress'
import { type ReadLocal, readHead } from './read-head'
import { cleanLine } from './redact'
import type { RunRemote } from './remote'
import type { GitTarget } from './transport'
import type { WorkFolders } from './work-folders'

/** What a clone brought. */
export interface Cloned {
  readonly branch: string
  readonly commit: string
  readonly author: string
  /** Unix ms. */
  readonly committedAt: number
  readonly subject: string
  readonly objects: number | null
  /** Bytes on disk. */
  readonly bytes: number
}

export interface CloneOptions {
  /** Null for the default branch. */
  readonly branch?: string | null
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: GitProgress) => void
}

/** Time for a test, in ms. */
const timeout = 120_000
/** A test that brings more than this is stopped: the server ignores the filter and the files are large. Bytes. */
const most = 512 * 1024 * 1024

const shallow = ['clone', '--bare', '--depth=1', '--no-tags', '--single-branch', '--template=', '--progress']

/**
 * Clones one commit without its files into a private folder, reads it and removes the folder. That is the whole way
 * which a deploy takes, at the size of a question (git-clone(1), "--filter").
 * @throws Failure as in `explain.ts`; `repository-empty`, `branch-missing`, `cancelled`, `timed-out`
 */
export const testClone = async (
  parts: { readonly run: RunRemote; readonly read: ReadLocal; readonly work: WorkFolders },
  target: GitTarget,
  options: CloneOptions = {},
): Promise<Cloned> => {
  const { run, read, work } = parts
  const { branch = null, signal, onProgress } = options
  const choice = branch === null ? [] : [`--branch=${requireBranchName(branch)}`]
  const folder = await work.create()
  const tooLarge = new AbortController()
  const relay = () => tooLarge.abort()
  signal?.addEventListener('abort', relay, { once: true })
  if (signal?.aborted) relay()
  let objects: number | null = null
  const onLine = (line: string) => {
    const progress = parseProgress(cleanLine(line))
    if (progress === null) return
    if (progress.phase === 'receive') objects = progress.objects
    if ((progress.bytes ?? 0) > most) tooLarge.abort()
    onProgress?.(progress)
  }
  const clone = (name: string, filter: readonly string[]) =>
    run(target, {
      args: [...shallow, ...filter, ...choice],
      operands: [join(folder.path, name)],
      timeout,
      throwaway: true,
      branch,
      signal: tooLarge.signal,
      onLine,
    })
  try {
    let name = 'a'
    const exit = await clone(name, ['--filter=tree:0']).catch((error: unknown) => {
      if (!helpsUnfiltered(error)) throw error
      name = 'b'
      return clone(name, [])
    })
    if (exit.errors.some((line) => /cloned an empty repository/.test(line))) {
      throw await explainEmpty(run, target, signal)
    }
    onProgress?.({ phase: 'read', percent: null, objects, bytes: null, bytesPerSecond: null })
    const path = join(folder.path, name)
    const [head, bytes] = await Promise.all([readHead(read, path, branch), diskSize(path)])
    // Nobody waits for the tidying up; what an end of the app leaves is swept at its next start.
    void folder.remove().catch(() => undefined)
    return { ...head, objects, bytes }
  } catch (error) {
    await folder.remove()
    if (tooLarge.signal.aborted && signal?.aborted !== true) {
      throw new Failure('clone-refused', { host: hostOf(target.address), why: 'too-large' }, { cause: error })
    }
    throw error
  } finally {
    signal?.removeEventListener('abort', relay)
  }
}

/**
 * A server may refuse this filter, or partial clones as such (git-config(1), "uploadpackfilter.allow"). And in a partial
 * clone, git before 2.44 takes harmless slips of old commits for damage, whatever `fetch.fsck.*` says.
 */
const helpsUnfiltered = (error: unknown): boolean =>
  error instanceof Failure &&
  (error.code === 'object-refused' || (error.code === 'clone-refused' && /\bfilter/i.test(error.facts.message ?? '')))
