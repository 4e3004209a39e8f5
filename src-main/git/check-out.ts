import { Failure } from '../../src-preload/contract/outcome'
import { baseEnvironment, type EnvironmentParts, type GitSetting, settingsEnvironment } from './environment'
import type { GitProgram } from './find-git'
import { type GitExit, runGit } from './git'
import type { ReadLocal } from './read-head'
import { cleanLine } from './redact'
import { parseTree, refusedPath } from './tree-rules'

/** Time for writing the files of a commit, in ms. */
const timeoutMs = 60 * 60 * 1000

/** Nothing of the repository is run, nothing is fetched, and names that another system takes for `.git` are refused. */
const settings: readonly GitSetting[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.protectHFS', 'true'],
  ['core.protectNTFS', 'true'],
  ['submodule.recurse', 'false'],
  ['advice.detachedHead', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
]

/** Where files are checked out. */
export interface CheckOutRun {
  readonly gitFolder: string
  readonly workFolder: string
  readonly signal?: AbortSignal
  readonly onLine?: (line: string) => void
}

/** Writes the files of HEAD into an empty folder. Resolves to how git ended. */
export type RunCheckOut = (run: CheckOutRun) => Promise<GitExit>

/** Makes the one function that writes files of a repository. */
export const createRunCheckOut =
  (parts: { readonly environment: EnvironmentParts; readonly program: () => Promise<GitProgram> }): RunCheckOut =>
  async ({ gitFolder, workFolder, signal, onLine }) =>
    runGit({
      program: (await parts.program()).path,
      args: ['checkout', '--force', '--no-recurse-submodules', '--progress', 'HEAD', '--'],
      cwd: workFolder,
      environment: {
        ...baseEnvironment(parts.environment),
        ...settingsEnvironment(settings),
        GIT_DIR: gitFolder,
        GIT_WORK_TREE: workFolder,
        GIT_ALLOW_PROTOCOL: 'none',
      },
      timeout: timeoutMs,
      ...(signal ? { signal } : {}),
      ...(onLine ? { onLine } : {}),
    })

/**
 * Looks through the whole tree of HEAD before anything of it is written.
 * @throws Failure `path-refused` with the path and `why`
 */
export const requireSafeTree = async (
  read: ReadLocal,
  gitFolder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<void> => {
  const args = ['-c', 'core.quotePath=true', 'ls-tree', '-r', '-t', '--full-tree', 'HEAD']
  const listing = await read(gitFolder, args).catch((cause: unknown) => {
    throw new Failure('path-refused', { why: 'unreadable' }, { cause })
  })
  const refused = refusedPath(parseTree(listing), platform)
  if (refused !== null)
    throw new Failure('path-refused', { path: cleanLine(refused.path).slice(0, 300), why: refused.why })
}
