import type { Repository } from './entities'
import type { ForgeState } from './forge-state'
import type { RefUpdate } from './git-http'

/** A commit as push events tell it. */
export interface PushedCommit {
  readonly hash: string
  readonly tree: string
  readonly author: string
  readonly email: string
  /** ISO 8601 with its offset. */
  readonly date: string
  readonly message: string
  readonly added: readonly string[]
  readonly modified: readonly string[]
  readonly removed: readonly string[]
}

/** Whether a hash stands for "not there". */
export const isZero = (hash: string): boolean => /^0+$/.test(hash)

/** Forges tell of no more than this many commits in one event. */
const MOST = 20

const FORMAT = '%x01%H%x00%T%x00%an%x00%ae%x00%aI%x00%B%x00'

const changes = (lines: readonly string[], letter: RegExp): readonly string[] =>
  lines.filter((line) => letter.test(line)).map((line) => line.slice(line.indexOf('\t') + 1))

const commitOf = (block: string): PushedCommit => {
  const [hash = '', tree = '', author = '', email = '', date = '', message = '', files = ''] = block.split('\0')
  const lines = files.split('\n').filter(Boolean)
  return {
    hash,
    tree,
    author,
    email,
    date,
    message: message.trimEnd(),
    added: changes(lines, /^A/),
    modified: changes(lines, /^[MT]/),
    removed: changes(lines, /^D/),
  }
}

/** Commits that a push brought, oldest first; only the newest one for a branch that is new. */
export async function pushedCommits(
  forge: ForgeState,
  repository: Repository,
  update: RefUpdate,
): Promise<readonly PushedCommit[]> {
  if (isZero(update.after)) return []
  const range = isZero(update.before) ? ['-1', update.after] : [`-${MOST}`, `${update.before}..${update.after}`]
  const printed = await forge.world.git.run(repository, [
    '-c',
    'core.quotePath=false',
    'log',
    '--no-renames',
    '--name-status',
    `--format=${FORMAT}`,
    '--reverse',
    ...range,
    '--',
  ])
  return printed.split('\x01').filter(Boolean).map(commitOf)
}
