import type { Account, Repository, Role } from './entities'

/** Rows to make up: how many, and which accounts own them in turn. */
export interface SeedSpec {
  readonly repositories: number
  /** Paths of the owners; each owns an equal share, in runs as real listings have them. */
  readonly owners: readonly string[]
}

const FIRST = ['amber', 'brisk', 'calm', 'dusty', 'early', 'faint', 'green', 'hidden', 'iron', 'jolly', 'keen', 'lunar']
const SECOND = [
  'api',
  'billing',
  'console',
  'docs',
  'engine',
  'forms',
  'gateway',
  'harbor',
  'index',
  'journal',
  'kiosk',
]
const LANGUAGES = ['TypeScript', 'Go', 'Python', 'Ruby', 'Rust', 'PHP', null, 'Shell', 'Java', 'Elixir']

/** Spreads an index over 0..2^32-1 so that neighbours differ: the same index always gives the same row. */
const scatter = (index: number): number => Math.imul(index + 1, 2_654_435_761) >>> 0

const pick = <T>(list: readonly T[], number: number): T => list[number % list.length] as T

/** The rows of one seed, in order of id. Two forges started alike list the same repositories. */
export function* seededRows(
  spec: SeedSpec,
  account: (path: string) => Account,
  now: number,
  firstId: number,
): Generator<Repository> {
  const owners = spec.owners.map(account)
  const nobody: ReadonlyMap<number, Role> = new Map()
  for (let index = 0; index < spec.repositories; index += 1) {
    const random = scatter(index)
    const pushedAt = now - (random % 1_000_000) * 60_000
    yield {
      id: firstId + index,
      owner: pick(owners, index),
      name: `${pick(FIRST, random)}-${pick(SECOND, random >>> 8)}-${index}`,
      description: `Number ${index} of the seeded repositories`,
      private: random % 10 < 7,
      archived: (random >>> 4) % 20 === 0,
      fork: (random >>> 6) % 12 === 0,
      language: pick(LANGUAGES, random >>> 10),
      defaultBranch: (random >>> 12) % 9 === 0 ? 'master' : 'main',
      empty: false,
      createdAt: pushedAt - (random % 50_000) * 60_000,
      pushedAt,
      collaborators: nobody,
    }
  }
}
