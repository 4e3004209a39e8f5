import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCheckOut } from './check-out'
import { type Cloned, type CloneOptions, testClone } from './clone'
import { createClonedFolders } from './cloned-folders'
import { inheritedPipe, type OpenCredentialPipe } from './credential-pipe'
import { baseEnvironment, type EnvironmentParts } from './environment'
import { findGit, type GitProgram, isUnchanged } from './find-git'
import { type FullClone, fullClone } from './full-clone'
import { readLocal } from './git'
import { listBranches, type RemoteBranch } from './ls-remote'
import { namedPipe } from './named-credential-pipe'
import type { ReadLocal } from './read-head'
import { createRunRemote } from './remote'
import { toStorageFailure } from './storage-failure'
import type { GitTarget } from './transport'
import { createWorkFolders } from './work-folders'

/** Everything the app does with git. Each call rejects with a named `Failure`. */
export interface Git {
  /** The program that is used now; looked for again when the setting changes or when it was missing. */
  readonly program: () => Promise<GitProgram>
  readonly listBranches: (
    target: GitTarget,
    options?: { readonly branch?: string | null; readonly signal?: AbortSignal },
  ) => Promise<readonly RemoteBranch[]>
  readonly testClone: (target: GitTarget, options?: CloneOptions) => Promise<Cloned>
  readonly fullClone: (target: GitTarget, folder: string, options?: CloneOptions) => Promise<FullClone>
  /** Looks whether a program may be used as git, and answers as it. @throws Failure `git-missing` */
  readonly check: (path: string) => Promise<GitProgram>
  /** Removes what a run that was killed left behind. */
  readonly sweep: () => Promise<void>
}

/** What `createGit` needs. */
export interface GitParts {
  /** A folder of the app's own, for git's empty home and for work in progress. */
  readonly folder: string
  /** The git program that the person chose, or null to find it. */
  readonly gitPath: () => string | null
  /** Program and arguments that start this app as git's credential helper; used on Windows. */
  readonly credentialHelper: readonly string[]
  readonly inherited?: Readonly<Record<string, string | undefined>>
  readonly platform?: NodeJS.Platform
  /** The app's own folder, in which no program is; default `folder`. */
  readonly ownFolder?: string
  readonly openPipe?: OpenCredentialPipe
}

/** Builds the app's use of git on one folder. */
export const createGit = (parts: GitParts): Git => {
  const { folder, gitPath, credentialHelper, inherited = process.env, platform = process.platform } = parts
  const home = join(folder, 'home')
  const environment: EnvironmentParts = { inherited, platform, home, emptyConfig: join(folder, 'empty-config') }
  const work = createWorkFolders(join(folder, 'work'))
  const cloned = createClonedFolders(join(folder, 'cloned-folders'))
  const foreignFolders = () => [parts.ownFolder ?? folder, ...cloned.list()]

  /** Each time: a person who tidies up must not make git look missing. */
  const prepare = async () => {
    try {
      await mkdir(home, { recursive: true, mode: 0o700 })
      await writeFile(environment.emptyConfig, '', { mode: 0o600 })
    } catch (error) {
      throw toStorageFailure(error, folder)
    }
  }
  let found: { readonly chosen: string | null; readonly program: Promise<GitProgram> } | null = null
  const program = async (): Promise<GitProgram> => {
    await prepare()
    const chosen = gitPath()
    if (found === null || found.chosen !== chosen) {
      found = { chosen, program: findGit(chosen, environment, foreignFolders()) }
    }
    const search = found
    try {
      const known = await search.program
      if (isUnchanged(known, platform, foreignFolders())) return known
      const again = { chosen, program: findGit(chosen, environment, foreignFolders()) }
      if (found === search) found = again
      return await again.program
    } catch (error) {
      // It may be installed at any moment.
      if (found === search) found = null
      throw error
    }
  }

  const openPipe =
    parts.openPipe ??
    (platform === 'win32' ? namedPipe({ helper: credentialHelper, folder: '\\\\.\\pipe\\' }) : inheritedPipe)
  const run = createRunRemote({ environment, program, openPipe })
  const checkOut = createCheckOut({ environment, program })
  const read: ReadLocal = async (gitFolder, args) =>
    readLocal((await program()).path, gitFolder, baseEnvironment(environment), args)
  return {
    program,
    listBranches: (target, options) => listBranches(run, target, options),
    testClone: (target, options) => testClone({ run, read, work }, target, options),
    fullClone: async (target, into, options) => {
      await prepare()
      // Before anything is written there.
      await cloned.add(into).catch((error: unknown) => {
        throw toStorageFailure(error, folder)
      })
      return fullClone({ run, read, checkOut }, target, into, options)
    },
    check: async (path) => {
      await prepare()
      return findGit(path, environment, foreignFolders())
    },
    sweep: work.sweep,
  }
}
