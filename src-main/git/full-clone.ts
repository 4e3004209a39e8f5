import { mkdir, mkdtemp, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { Failure } from '../../src-preload/contract/outcome'
import { requireBranchName } from './branch-name'
import type { CheckOut, LeftOut } from './check-out'
import type { Cloned, CloneOptions } from './clone'
import { diskSize, joinBytes } from './disk-size'
import { explainGit } from './explain'
import { explainEmpty } from './ls-remote'
import { parseProgress } from './progress'
import { type ReadLocal, readHead } from './read-head'
import { cleanLine } from './redact'
import type { RunRemote } from './remote'
import { toStorageFailure } from './storage-failure'
import type { GitTarget } from './transport'

/** A clone that stays. */
export interface FullClone extends Cloned {
  readonly folder: string
  readonly branches: number
  readonly leftOut: LeftOut
}

/** Time for a whole repository, in ms. */
const timeout = 2 * 60 * 60 * 1000

/**
 * Clones everything into a folder that the person chose and keeps. The folder must be empty or not be there yet.
 *
 * The clone is the person's to work with, so it gets its files, symbolic links included. What a repository could do by
 * itself stays off: no hook or template is copied, no submodule is fetched, no filter (LFS) is run. The stored address
 * holds no credential. Files are written only after the whole tree has been looked through (`tree-rules.ts`). It is made in a folder of its own inside the chosen one and moved up when it is complete, so that
 * after a failure exactly what we made is removed and nothing that appeared beside it.
 * @throws Failure `folder-not-empty`, `disk-full`, `storage-failed`, `path-refused`, and those of `explain.ts`
 */
export const fullClone = async (
  parts: { readonly run: RunRemote; readonly read: ReadLocal; readonly checkOut: CheckOut },
  target: GitTarget,
  folder: string,
  options: CloneOptions = {},
): Promise<FullClone> => {
  const { branch = null, signal, onProgress } = options
  const choice = branch === null ? [] : [`--branch=${requireBranchName(branch)}`]
  const place = await openPlace(folder)
  let objects: number | null = null
  const onLine = (line: string) => {
    const progress = parseProgress(cleanLine(line))
    if (progress === null) return
    if (progress.phase === 'receive') objects = progress.objects
    onProgress?.(progress)
  }
  try {
    const exit = await parts.run(target, {
      args: ['clone', '--no-checkout', '--template=', '--no-recurse-submodules', '--progress', ...choice],
      operands: [place.path],
      timeout,
      throwaway: false,
      branch,
      ...(signal ? { signal } : {}),
      onLine,
    })
    if (exit.errors.some((line) => /cloned an empty repository/.test(line))) {
      throw await explainEmpty(parts.run, target, signal)
    }
    const git = join(place.path, '.git')
    const head = await readHead(parts.read, git, branch)
    const { exit: written, leftOut } = await parts.checkOut({
      gitFolder: git,
      workFolder: place.path,
      onLine,
      ...(signal ? { signal } : {}),
    })
    if (written.code !== 0) {
      throw explainGit(written, { address: target.address, branch, hadCredential: false, proxy: null, secrets: [] })
    }
    onProgress?.({ phase: 'read', percent: null, objects, bytes: null, bytesPerSecond: null })
    const refs = await parts.read(git, ['for-each-ref', '--format=%(refname)', 'refs/remotes/origin'])
    const branches = refs.split('\n').filter((ref) => ref !== '' && ref !== 'refs/remotes/origin/HEAD').length
    const bytes = await diskSize(place.path)
    await place.keep()
    return { ...head, objects, bytes, branches, folder, leftOut }
  } catch (error) {
    await place.discard()
    throw toStorageFailure(error, folder)
  }
}

/** The part of the chosen folder in which the clone is made. */
interface Place {
  readonly path: string
  /** Moves everything up into the chosen folder. */
  readonly keep: () => Promise<void>
  /** Removes what was made, and the chosen folder if it was made too. */
  readonly discard: () => Promise<void>
}

const openPlace = async (folder: string): Promise<Place> => {
  if (!isAbsolute(folder)) throw new Failure('invalid-input', { field: 'folder' })
  try {
    const made = await mkdir(folder, { recursive: true })
    if ((await readdir(folder)).length > 0) throw new Failure('folder-not-empty')
    const parent = await mkdtemp(join(folder, '.cloning-'))
    const path = join(parent, 'clone')
    const keep = async () => {
      const beside = (await readdir(folder)).filter((name) => join(folder, name) !== parent)
      if (beside.length > 0) throw new Failure('folder-not-empty')
      // As bytes: a name need not be UTF-8.
      for (const name of await readdir(path, { encoding: 'buffer' })) {
        await rename(joinBytes(path, name), joinBytes(folder, name))
      }
      await rm(parent, { recursive: true })
    }
    const discard = async () => {
      await rm(parent, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
      // Fails, as it should, when something else has been put there meanwhile.
      if (made !== undefined) await rmdir(folder).catch(() => undefined)
    }
    return { path, keep, discard }
  } catch (error) {
    throw toStorageFailure(error, folder)
  }
}
