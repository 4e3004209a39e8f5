import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** A file and what it imports: paths below the root for our own files, names for packages. */
interface Source {
  readonly file: string
  readonly imports: readonly string[]
  readonly text: string
}

const importPattern = /(?:\bfrom\s+|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g

const listFiles = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))

const read = (file: string): Source => {
  const text = readFileSync(join(root, file), 'utf8')
  const imports = [...text.matchAll(importPattern)].map(([, name = '']) =>
    name.startsWith('.')
      ? relative(root, resolve(root, dirname(file), name))
          .split(sep)
          .join('/')
      : name,
  )
  return { file, imports, text }
}

const sources = ['src-main', 'src-preload', 'src-renderer'].flatMap(listFiles).map(read)
const shipped = sources.filter(({ file }) => !/\.test\.tsx?$/.test(file) && !file.startsWith('src-main/testing/'))

/** Files matching `from` may import something matching `target` only where `except` matches. */
interface Rule {
  readonly why: string
  readonly from: RegExp
  readonly target: RegExp
  readonly except?: RegExp
}

const rules: readonly Rule[] = [
  { why: 'the contract is pure', from: /^src-preload\/contract\//, target: /^(?!valibot$|src-preload\/contract)/ },
  {
    why: 'the window reaches main through the contract only',
    from: /^src-renderer\//,
    target: /^(src-main|electron$|node:)/,
  },
  {
    why: 'the window takes no more of preload than the contract',
    from: /^src-renderer\//,
    target: /^src-preload\/(?!contract)/,
  },
  { why: 'dumb parts know no feature', from: /^src-renderer\/(ui|failures)\//, target: /^src-renderer\/features\// },
  {
    why: 'electron stays in the shell, the border, the entry and two adapters',
    from: /^src-main\//,
    target: /^electron$/,
    except:
      /^src-main\/(index|compose)\.ts$|^src-main\/(shell|ipc)\/|^src-main\/credentials\/key-holders\/safe-storage\.ts$|^src-main\/storage\/electron-store\.ts$/,
  },
  {
    why: 'a provider knows no electron, no vault and no feature',
    from: /^src-main\/providers\//,
    target: /^(electron$|src-main\/(features|shell|ipc|storage)|src-main\/credentials\/(?!credential$|secret$))/,
  },
  {
    why: 'features know ports, not the shell',
    from: /^src-main\/features\//,
    target: /^src-main\/(shell|ipc\/(?!announce$)|compose)/,
  },
  { why: 'one file runs simple-git', from: /^src-main\//, target: /^simple-git$/, except: /^src-main\/git\/git\.ts$/ },
  {
    why: 'one file holds electron-store',
    from: /^src-main\//,
    target: /^electron-store$/,
    except: /^src-main\/storage\/electron-store\.ts$/,
  },
  {
    why: 'the shipped app holds no emulator and no test part',
    from: /^src-/,
    target: /^(e2e|src-main\/testing)(\/|$)/,
  },
  { why: 'the border serves and knows no feature', from: /^src-main\/ipc\//, target: /^src-main\/features\// },
]

describe('architecture', () => {
  it('finds the sources', () => {
    expect(shipped.length).toBeGreaterThan(20)
  })

  it.each(rules)('$why', ({ from, target, except }) => {
    const broken = shipped
      .filter(({ file }) => from.test(file) && !except?.test(file))
      .flatMap(({ file, imports }) => imports.filter((name) => target.test(name)).map((name) => `${file} -> ${name}`))
    expect(broken).toEqual([])
  })

  it('lets no provider import another', () => {
    const provider = (path: string) => /^src-main\/providers\/([^/]+)\//.exec(path)?.[1]
    const broken = shipped.flatMap(({ file, imports }) =>
      imports
        .filter(
          (name) => provider(file) !== undefined && provider(name) !== undefined && provider(file) !== provider(name),
        )
        .map((name) => `${file} -> ${name}`),
    )
    expect(broken).toEqual([])
  })

  it('names no provider outside providers, words and resources', () => {
    const names = /['"`](github|gitlab|bitbucket|gitea|forgejo)['"`]/
    const broken = shipped
      .filter(({ file }) => file.startsWith('src-main/') && !file.startsWith('src-main/providers/'))
      .filter(({ text }) => names.test(text))
      .map(({ file }) => file)
    expect(broken).toEqual([])
  })

  it('looks things up in a table by own keys only', () => {
    // A key from the border, a file or a host may be `constructor`, which plain indexing finds in every table.
    const table =
      /(\w+)\??: (?:Readonly<)?(?:Partial<)?Record<(?:string|number|PropertyKey)\b|(\w+): record\(string\(\)/g
    const exempt: Readonly<Record<string, string>> = {
      'src-preload/contract/own.ts': 'is where it is done',
      'src-main/features/imports/indented.ts': 'its trees have no prototype',
      'src-main/git/ask-for-credential.ts': 'variables of the environment by names of our own',
      'src-main/git/environment.ts': 'variables of the environment by names of our own',
    }
    const stored = sources.flatMap(({ text }) => [...text.matchAll(table)].flatMap(([, , name]) => name ?? []))
    const broken = shipped
      .filter(({ file }) => !Object.hasOwn(exempt, file))
      .flatMap(({ file, text }) => {
        const own = [...text.matchAll(table)].flatMap(([, name]) => name ?? [])
        const names = [...new Set([...own, ...stored])].join('|')
        if (names === '') return []
        // Writing makes an own property; a key that is written out is none that came from elsewhere.
        const read = new RegExp(`\\b(?:${names})(?:\\?\\.)?\\[(?!['"\\d])[^\\]\\n]+\\](?!\\)?\\]?\\s*=[^=])`, 'g')
        return [...text.matchAll(read)].map(([found]) => `${file}: ${found}`)
      })
    expect(broken).toEqual([])
  })

  it('keeps no drawer for leftovers', () => {
    const drawers = /(^|[/-])(utils?|helpers?|common|misc|manager|service)(\.|\/|-|$)/
    expect(sources.map(({ file }) => file).filter((file) => drawers.test(file))).toEqual([])
  })
})
