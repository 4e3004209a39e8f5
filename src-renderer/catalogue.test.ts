import { describe, expect, it } from 'vitest'
import { readFacts } from './failures/facts'

const germanFiles = import.meta.glob<{ german: unknown }>(['./**/*.de.ts', '../src-main/**/*.de.ts'], { eager: true })
const englishFiles = import.meta.glob<{ english: unknown }>(
  ['./**/*words.ts', './failures/*-failures.ts', '../src-main/**/words.ts'],
  { eager: true },
)
const catalogues = Object.entries(germanFiles).map(([file, { german }]) => {
  const of = file.replace('.de.ts', '.ts')
  return { file: of, english: englishFiles[of]?.english, german }
})

/** Names, places, and words that German has taken over. */
const alike = new Set([
  'App',
  'Apps',
  'Branch',
  'Branches',
  'CloudAIPilot',
  'Chromium',
  'Code',
  'Commit',
  'Deploy',
  'Deploys',
  'Deutsch',
  'Details',
  'Electron',
  'English',
  'Fork',
  'Forks',
  'Git',
  'Host',
  'Name',
  'Node',
  'OAuth',
  'OpenSSH',
  'Passphrase',
  'Port',
  'Proxy',
  'Push',
  'Repository',
  'Scopes',
  'System',
  'Webhook',
  'git',
  'git.example.com',
  'Git LFS',
  'GitHub CLI',
  'GitLab CLI',
  'Live',
  'Release',
  'Releases',
  'Server',
  'Timer',
  'npm ci --omit=dev && systemctl --user restart shop',
  'server.example.com',
  'src/\npackage.json\n!docs/',
  'systemd',
  'in x',
  '1. Repository',
  '/accounts',
  'Ed25519',
])

interface Pair {
  readonly key: string
  readonly english: unknown
  readonly german: unknown
}

const pairsOf = ({ key, english, german }: Pair): readonly Pair[] =>
  typeof german === 'object' && german !== null
    ? Object.entries(german).flatMap(([name, value]) =>
        pairsOf({ key: `${key}.${name}`, english: Object(english)[name], german: value }),
      )
    : [{ key, english, german }]

/** The names of all words. What can be done about a failure is no word, and stands in the first catalogue only. */
const namesOf = (words: unknown): readonly string[] =>
  typeof words === 'object' && words !== null
    ? Object.entries(words).flatMap(([name, value]) => [name, ...namesOf(value).map((inner) => `${name}.${inner}`)])
    : []
const wordsOf = (words: unknown) => namesOf(words).filter((name) => !/\.(action|calm)$/.test(name))

/** Facts of a failure: none of them, and one of each. */
const named = [
  'host',
  'provider',
  'path',
  'owner',
  'login',
  'scope',
  'status',
  'kind',
  'field',
  'version',
  'minutes',
  'to',
]
const readers = [{}, Object.fromEntries(named.map((name) => [name, 'x']))].map((facts) => readFacts(facts, 0))

/** What a sentence with facts says: of two things, of one, of texts, or of facts that are missing. */
const said = (words: unknown): readonly unknown[] => {
  if (typeof words !== 'function') return [words]
  return [2, 1, 'x', ['x', 'y'], ...readers].flatMap((fact) => {
    try {
      return [words(fact, fact, fact)]
    } catch {
      // It takes facts of another kind.
      return []
    }
  })
}

describe('the catalogue', () => {
  it('finds every file of words', () => {
    expect(catalogues.length).toBeGreaterThan(3)
    expect(catalogues.filter(({ english }) => english === undefined).map(({ file }) => file)).toEqual([])
  })

  it.each(catalogues)('has the same words in both languages: $file', ({ english, german }) => {
    expect(wordsOf(german)).toEqual(wordsOf(english))
  })

  it.each(catalogues)('says every sentence in German, and not in English: $file', ({ file, english, german }) => {
    const pairs = pairsOf({ key: file, english, german })
    const silent = pairs.filter(({ german }) => {
      const texts = said(german)
      return texts.length === 0 || texts.some((text) => typeof text !== 'string')
    })
    expect(silent.map(({ key }) => key)).toEqual([])
    const same = pairs.filter(({ english, german }) => {
      const texts = said(german)
      const like = said(english)
      return texts.every((text, at) => text === like[at] && text !== '' && !alike.has(String(text)))
    })
    expect(same.map(({ key, german }) => [key, ...said(german)])).toEqual([])
  })
})
