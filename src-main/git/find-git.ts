import { delimiter, isAbsolute, join } from 'node:path'
import { Failure } from '../../src-preload/contract/outcome'
import { type Judgement, judgeProgram } from '../programs/trusted-program'
import { baseEnvironment, type EnvironmentParts } from './environment'
import { runGit } from './git'

/** The git program that is used. */
export interface GitProgram {
  readonly path: string
  /** Of the file that answered; another file there has to answer anew. */
  readonly identity: string
  /** e.g. `2.39.5`. */
  readonly version: string
  /**
   * Older than the releases that closed known holes (CVE-2025-48384 and -48385). Distributions mend old versions without
   * renaming them, and nothing that those holes need is switched on here, so this is a hint and no obstacle.
   */
  readonly dated: boolean
}

type Version = readonly [major: number, minor: number, patch: number]

/** Settings in the environment and a configuration file of our own, on which every protection rests, came with this release. */
const minimum: Version = [2, 32, 0]
/** First mended release of each line, in order (release notes of git 2.50.1). */
const mended: readonly Version[] = [
  [2, 43, 7],
  [2, 44, 4],
  [2, 45, 4],
  [2, 46, 4],
  [2, 47, 3],
  [2, 48, 2],
  [2, 49, 1],
  [2, 50, 1],
]

const isBefore = (one: Version, other: Version): boolean => {
  const at = one.findIndex((part, index) => part !== other[index])
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0)
}

/** Reads `git version 2.45.1.windows.1`, `git version 2.39.5 (Apple Git-154)` and the like; null for anything else. */
export const parseGitVersion = (text: string): Version | null => {
  const match = /^git version (\d{1,4})\.(\d{1,4})(?:\.(\d{1,6}))?/.exec(text)
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : null
}

/** Whether a version is older than the mended release of its line. */
export const isDated = (version: Version): boolean => {
  const line = mended.find(([major, minor]) => major === version[0] && minor === version[1])
  return isBefore(version, line ?? [2, 43, 7])
}

/** Where git usually is when the search path of a program started from the desktop does not say so. */
const usualFolders: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin'],
  win32: ['C:\\Program Files\\Git\\cmd'],
}

/**
 * Finds git: at `chosen`, or else on the search path. What may not be trusted is never started.
 * @param foreignFolders no program in one of them is run
 * @throws Failure `git-missing` with `path` and `why` (the chosen program is not trusted, or no git) or `version` and `minimum` (too old)
 */
export const findGit = async (
  chosen: string | null,
  parts: EnvironmentParts,
  foreignFolders: readonly string[] = [],
): Promise<GitProgram> => {
  const { platform } = parts
  const environment = baseEnvironment(parts)
  const name = platform === 'win32' ? 'git.exe' : 'git'
  const folders = [...(environment.PATH ?? '').split(delimiter), ...(usualFolders[platform] ?? [])]
  const candidates = chosen === null ? folders.filter(isAbsolute).map((folder) => join(folder, name)) : [chosen]
  let refused: Failure | null = null
  for (const candidate of candidates) {
    if (!isAbsolute(candidate)) continue
    const judgement = judgeProgram(candidate, { platform, foreignFolders })
    if (!judgement.trusted) {
      if (chosen !== null || judgement.why !== 'missing') refused ??= toFailure(candidate, judgement)
      continue
    }
    const { path, identity } = judgement
    if (platform === 'darwin' && path === '/usr/bin/git' && !(await hasDeveloperTools(parts))) continue
    const version = await ask(path, parts)
    if (version === null) continue
    const text = version.join('.')
    if (isBefore(version, minimum)) throw new Failure('git-missing', { version: text, minimum: minimum.join('.') })
    return { path, identity, version: text, dated: isDated(version) }
  }
  throw refused ?? new Failure('git-missing', chosen === null ? {} : { path: chosen.slice(0, 500), why: 'no-git' })
}

const toFailure = (path: string, { why, at }: Extract<Judgement, { trusted: false }>): Failure =>
  new Failure('git-missing', { path: path.slice(0, 500), why, ...(at === path ? {} : { at: at.slice(0, 500) }) })

/** Whether the program that was found is still the same file, and still trusted. */
export const isUnchanged = (
  program: GitProgram,
  platform: NodeJS.Platform,
  foreignFolders: readonly string[],
): boolean => {
  const judgement = judgeProgram(program.path, { platform, foreignFolders })
  return judgement.trusted && judgement.identity === program.identity
}

/** Without these, Apple's `/usr/bin/git` is a stand-in that opens a dialog. */
const hasDeveloperTools = async (parts: EnvironmentParts): Promise<boolean> => {
  const exit = await call('/usr/bin/xcode-select', ['-p'], parts)
  return exit?.code === 0
}

const ask = async (program: string, parts: EnvironmentParts): Promise<Version | null> => {
  const exit = await call(program, ['--version'], parts)
  return exit === null ? null : parseGitVersion(exit.stdout)
}

const call = async (program: string, args: readonly string[], parts: EnvironmentParts) => {
  try {
    return await runGit({ program, args, cwd: parts.home, environment: baseEnvironment(parts), timeout: 10_000 })
  } catch (error) {
    // A file that can't be run, or that never answers, is simply not git.
    if (error instanceof Failure) return null
    throw error
  }
}
