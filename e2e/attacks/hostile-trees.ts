import { file, folder, link, type RawEntry, submodule } from './raw-objects'

/** What a case may name in its tree. */
export interface HostileParts {
  /** The home folder of whoever checks it out. */
  readonly home: string
  /** A commit of another repository, which holds `authorized_keys`. */
  readonly pinned: string
}

/** A tree that tries to be written elsewhere, and what has to be said of it. */
export interface HostileTree {
  readonly title: string
  readonly root: (parts: HostileParts) => readonly RawEntry[]
  /** The check of git-fsck(1) that refuses it on its way, or null where git has none. */
  readonly fsck: string | null
  /** Why its tree is refused where it is there already; null where only a fetch can tell. */
  readonly why: 'duplicate' | 'name' | 'not-a-folder' | null
  /** The path that is named. */
  readonly path: string
  /** Paths that the app was told to fetch as submodules. */
  readonly modules?: readonly string[]
}

const gitmodules = (path: string, name = 'x', url = '../part.git'): RawEntry =>
  file('.gitmodules', `[submodule "${name}"]\n\tpath = ${path}\n\turl = ${url}\n`)

const hook = folder('hooks', { mode: '100755', name: 'post-checkout', content: '#!/bin/sh\ntouch executed\n' })

/** A name that git must never make, as a folder with a hook in it. */
const reserved = (name: string, fsck: string | null = 'hasDotgit'): HostileTree => ({
  title: `a folder ${JSON.stringify(name)}`,
  root: () => [folder(name, hook), file('zzz')],
  fsck,
  why: 'name',
  path: name,
})

/** A folder and a link to the home folder whose names some file systems take for the same. */
const twins = (title: string, first: RawEntry, second: RawEntry, path: string): HostileTree => ({
  title,
  root: () => [first, second],
  fsck: null,
  why: 'duplicate',
  path,
})

export const hostileTrees: readonly HostileTree[] = [
  {
    title: 'a folder with a submodule in it, and a link of the same name to the home folder',
    root: ({ home, pinned }) => [gitmodules('x/.ssh'), folder('x', submodule('.ssh', pinned)), link('x', home)],
    fsck: 'duplicateEntries',
    why: 'duplicate',
    path: 'x',
    modules: ['x/.ssh'],
  },
  {
    title: 'the link first',
    root: ({ home, pinned }) => [gitmodules('x/.ssh'), link('x', home), folder('x', submodule('.ssh', pinned))],
    fsck: 'duplicateEntries',
    why: 'duplicate',
    path: 'x',
    modules: ['x/.ssh'],
  },
  {
    title: 'the two apart, in a tree that is not sorted',
    root: ({ home }) => [folder('x', folder('.ssh', file('authorized_keys'))), file('a'), link('x', home)],
    fsck: 'treeNotSorted',
    why: 'duplicate',
    path: 'x',
  },
  {
    title: 'the two in a folder below',
    root: ({ home }) => [folder('a', folder('b', link('x', home), folder('x', file('.profile'))))],
    fsck: 'duplicateEntries',
    why: 'duplicate',
    path: 'a/b/x',
  },
  {
    title: 'a file and a folder of the same name',
    root: () => [file('x'), folder('x', file('y'))],
    fsck: 'duplicateEntries',
    why: 'duplicate',
    path: 'x',
  },
  twins('a link that differs from a folder in case', link('X', '/tmp'), folder('x', file('y')), 'x'),
  twins('a link that differs by a dot at the end', link('x.', '/tmp'), folder('x', file('y')), 'x'),
  twins('a link that differs by a space at the end', link('x ', '/tmp'), folder('x', file('y')), 'x'),
  twins(
    'a link that differs by a character that HFS+ skips, below a name that is no text',
    folder(Buffer.from([0xff]), link('x\u200c', '/tmp'), folder('x', file('y'))),
    file('z'),
    '',
  ),
  twins('a link that differs by a character that HFS+ skips', folder('x', file('y')), link('x\u200c', '/tmp'), 'x'),
  {
    title: 'a submodule that differs from a link in case',
    root: ({ home, pinned }) => [gitmodules('lib'), link('LIB', home), submodule('lib', pinned)],
    fsck: null,
    why: 'duplicate',
    path: 'lib',
    modules: ['lib'],
  },
  ...['.git', '.GIT', '.git.', '.git ', '.git . .', 'git~1', 'GIT~1 ', '.git::$INDEX_ALLOCATION', '.g\u200cit'].map(
    (name) => reserved(name),
  ),
  {
    ...reserved('.gi\u200dt'),
    title: 'such a folder below a name that is no text',
    root: () => [folder(Buffer.from([0xff]), folder('.gi\u200dt', hook))],
    path: '',
  },
  { ...reserved('.gi\u200ft'), root: () => [folder('a', folder('.gi\u200ft', hook))], path: 'a/.gi\u200ft' },
  { ...reserved('.git'), title: 'a link named .git', root: ({ home }) => [link('.git', home)] },
  { ...reserved('.git'), title: 'a file named .git', root: () => [file('.git', 'gitdir: /tmp/x\n')] },
  { ...reserved('.git'), title: 'a submodule named .git', root: ({ pinned }) => [submodule('.git', pinned)] },
  reserved('.git\\hooks'),
  reserved('..', 'hasDotdot'),
  reserved('.', 'hasDot'),
  reserved('..\\..', null),
  {
    title: 'a name that takes hours to look through where that takes the square of its length',
    root: () => [file(`${'.'.repeat(500_000)}x`)],
    fsck: null,
    why: 'name',
    path: '',
  },
  {
    title: 'two links whose long names begin alike',
    root: () => [link('a'.repeat(40_000), '/tmp'), link(`${'a'.repeat(40_000)}b`, '/tmp')],
    fsck: null,
    why: 'name',
    path: '',
  },
  {
    title: 'a name with a slash, through a link',
    root: ({ home }) => [link('x', home), file('x/.profile')],
    fsck: 'fullPathname',
    why: 'not-a-folder',
    path: 'x',
  },
  {
    title: 'a name that goes up',
    root: () => [file('../../../.profile')],
    fsck: 'fullPathname',
    why: 'name',
    path: '../../../.profile',
  },
  {
    title: 'a name that is an absolute path',
    root: ({ home }) => [file(`${home}/.profile`)],
    fsck: 'fullPathname',
    why: 'name',
    path: '',
  },
  {
    title: 'a name with a slash below a submodule',
    root: ({ pinned }) => [gitmodules('lib'), submodule('lib', pinned), file('lib/.profile')],
    fsck: 'fullPathname',
    why: 'not-a-folder',
    path: 'lib',
    modules: ['lib'],
  },
  {
    title: '.gitmodules as a link',
    root: () => [link('.gitmodules', '/tmp/modules')],
    fsck: 'gitmodulesSymlink',
    why: 'name',
    path: '.gitmodules',
  },
  {
    title: '.gitmodules as a link, in another case',
    root: () => [link('.GitModules', '/tmp/modules')],
    fsck: 'gitmodulesSymlink',
    why: 'name',
    path: '.gitmodules',
  },
  {
    title: 'a submodule whose name goes up',
    root: ({ pinned }) => [gitmodules('lib', '../../../.ssh'), submodule('lib', pinned)],
    fsck: 'gitmodulesName',
    why: null,
    path: '',
  },
  {
    title: 'a submodule whose address is an option',
    root: ({ pinned }) => [gitmodules('lib', 'lib', '--upload-pack=touch executed'), submodule('lib', pinned)],
    fsck: 'gitmodulesUrl',
    why: null,
    path: '',
  },
  {
    title: 'a submodule whose path is an option',
    root: ({ pinned }) => [submodule('--upload-pack=x', pinned), gitmodules('--upload-pack=x')],
    fsck: 'gitmodulesPath',
    why: null,
    path: '',
  },
]

const deep = Array.from({ length: 60 }).reduce<RawEntry>((inner) => folder('deep', inner), file('bottom'))

/** What real projects hold, and what must go on being taken. In git's order. */
export const harmlessTree = ({ pinned }: HostileParts): readonly RawEntry[] => [
  file('...'),
  file('.gitattributes', '* text=auto\n'),
  folder('.github', file('gitea.yml')),
  file('.gitignore', '*.log\n'),
  gitmodules('lib/part'),
  file('Icon\r'),
  file('README'),
  file('a b\tc'),
  link('absolute', '/etc/hostname'),
  deep,
  file('dev-disk-by\\x2dlabel.swap'),
  file('git'),
  file('git~'),
  folder('größe', file('ünïcödé-名前-🙂')),
  folder('lib', file('git.ts'), submodule('part', pinned), file('part.ts')),
  link('link-to-folder', 'lib'),
  file('name\nof two lines'),
  file('readme'),
  file('x.git'),
  file(Buffer.from([0xe9, 0x2e, 0x74, 0x78, 0x74])),
  file(Buffer.from([0xea, 0x2e, 0x74, 0x78, 0x74])),
]

/** The rules are held against the whole table; what takes a server or a clone, against the first tree of each kind. */
const kindOf = ({ fsck, why, modules = [] }: HostileTree) => [fsck, why, ...modules].join()
export const oneOfEachKind = [
  ...new Map([...hostileTrees].reverse().map((tree) => [kindOf(tree), tree])).values(),
].reverse()

const tenByTen = (entry: RawEntry): readonly RawEntry[] =>
  Array.from({ length: 10 }).reduce<readonly RawEntry[]>(
    (inner) => {
      const shared = { tree: inner }
      return Array.from({ length: 10 }, (_, index) => ({
        mode: '40000',
        name: `${'d'.repeat(200)}${index}`,
        ...shared,
      }))
    },
    [entry],
  )

/** Ten levels of ten folders that are the same object: 10 objects, 10,000,000,000 files. */
export const bomb: readonly RawEntry[] = tenByTen(file('f'))

/** The same without a single file: nothing but the way takes time. */
export const emptyBomb: readonly RawEntry[] = tenByTen(folder('empty'))
