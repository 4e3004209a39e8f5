import { describe, expect, it } from 'vitest'

const germanFiles = import.meta.glob<{ german: unknown }>(['./**/*.de.ts', '../src-main/**/*.de.ts'], { eager: true })
const englishFiles = import.meta.glob<{ english: unknown }>(
  ['./**/*words.ts', './**/*-failures.ts', '../src-main/**/words.ts'],
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
  typeof english === 'object' && english !== null
    ? Object.entries(english).flatMap(([name, value]) =>
        pairsOf({ key: `${key}.${name}`, english: value, german: Object(german)[name] }),
      )
    : [{ key, english, german }]

const keysOf = (words: unknown): unknown =>
  typeof words === 'object' && words !== null
    ? Object.fromEntries(Object.entries(words).map(([name, value]) => [name, keysOf(value)]))
    : typeof words

/** What a sentence with facts says: of two things, of one, of texts, or of facts that are missing. */
const said = (words: unknown): readonly unknown[] => {
  if (typeof words !== 'function') return [words]
  return [2, 1, 'x', ['x', 'y']].flatMap((fact) => {
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
    expect(keysOf(german)).toEqual(keysOf(english))
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
