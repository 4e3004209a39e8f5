import { Failure } from '../../src-preload/contract/outcome'
import { baseEnvironment, type EnvironmentParts, type GitSetting, settingsEnvironment } from './environment'
import type { GitProgram } from './find-git'
import { type GitExit, runGit } from './git'
import { cleanLine } from './redact'
import { parseTree, refusedPath } from './tree-rules'

/** Time for writing the files of a commit, in ms. */
const timeoutMs = 60 * 60 * 1000

/** Nothing of the repository is run, nothing is fetched, and names that another system takes for `.git` are refused. */
const settings: readonly GitSetting[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'true'],
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

/** What a check-out leaves as it is in the commit. */
export interface LeftOut {
  /** Submodules, whose folders stay empty. */
  readonly submodules: number
  /** Files that only point at their content (git-lfs(1)). */
  readonly largeFiles: number
}

/** A check-out that came to its end. */
export interface CheckedOut {
  readonly exit: GitExit
  readonly leftOut: LeftOut
}

/**
 * The first line of a pointer, in files that `.gitattributes` names as large ones; early pointers name hawser.github.com.
 * Git for Windows may end it with a carriage return.
 */
const findPointers = [
  'grep',
  '-l',
  '-e',
  '^version https://[a-z-]*\\.github\\.com/spec/v1\r*$',
  '--',
  ':(attr:filter=lfs)',
]

/** Most bytes of the list of files: a few small trees can stand for more files than any disk holds. */
const maxListing = 64 * 1024 * 1024

/**
 * Looks through the whole tree of HEAD, then writes its files into an empty folder. Resolves to how git ended, and what it left out.
 * @throws Failure `path-refused` with the path and `why`, before anything is written
 */
export type CheckOut = (run: CheckOutRun) => Promise<CheckedOut>

/** Makes the one function that writes files of a repository. */
export const createCheckOut =
  (parts: { readonly environment: EnvironmentParts; readonly program: () => Promise<GitProgram> }): CheckOut =>
  async ({ gitFolder, workFolder, signal, onLine }) => {
    const run = {
      program: (await parts.program()).path,
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
    }
    const listing = await runGit({
      ...run,
      args: ['ls-tree', '-r', '-t', '--full-tree', 'HEAD'],
      maxOutput: maxListing,
    }).catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'bad-answer') return null
      throw error
    })
    if (listing?.code !== 0) throw new Failure('path-refused', { why: 'unreadable' })
    const tree = parseTree(listing.stdout)
    const refused = refusedPath(tree, parts.environment.platform)
    if (refused !== null) {
      throw new Failure('path-refused', { path: cleanLine(refused.path).slice(0, 300), why: refused.why })
    }
    const args = ['checkout', '--force', '--no-recurse-submodules', '--progress', 'HEAD', '--']
    const exit = await runGit({ ...run, args, ...(onLine ? { onLine } : {}) })
    const submodules = tree.filter(({ mode }) => mode === '160000').length
    // Without the attribute there is nothing to search.
    const named = tree.some(({ path }) => /(?:^|\/)\.gitattributes$/.test(path))
    const pointers =
      exit.code === 0 && named ? await runGit({ ...run, args: findPointers, maxOutput: maxListing }) : null
    const largeFiles = pointers?.code === 0 ? pointers.stdout.split('\n').filter((line) => line !== '').length : 0
    return { exit, leftOut: { submodules, largeFiles } }
  }
