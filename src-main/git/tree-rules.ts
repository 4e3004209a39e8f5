import { ownOf } from '../../src-preload/contract/own'

/** One line of `git ls-tree -r -t`. */
export interface TreeEntry {
  /** `040000`, `100644`, `100755`, `120000` or `160000`; git has brought others down to these. */
  readonly mode: string
  /** Bytes of the path, one a character. */
  readonly path: string
}

/** Why a path is not checked out. */
export type PathReason = 'duplicate' | 'name' | 'not-a-folder'

export interface RefusedPath {
  readonly path: string
  readonly why: PathReason
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
}

/** Undoes git's quoting of paths (git-config(1), "core.quotePath"): ASCII, with octal escapes for other bytes. */
const unquote = (text: string): string =>
  text.startsWith('"')
    ? text
        .slice(1, -1)
        .replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
          code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (ownOf(escapes, code) ?? code),
        )
    : text

/** Reads what `git ls-tree -r -t --full-tree` prints with quoted paths. */
export const parseTree = (text: string): readonly TreeEntry[] =>
  text.split('\n').flatMap((line) => {
    const [, mode, path] = /^(\d{6}) [a-z]+ [0-9a-f]+\t(.*)$/.exec(line) ?? []
    return mode === undefined || path === undefined ? [] : [{ mode, path: unquote(path) }]
  })

const isAscii = (path: string): boolean => !/[^\x00-\x7f]/.test(path)

/** Sequences of bytes that may be a character beyond ASCII in UTF-8 (RFC 3629 section 4). */
const characters = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g

/** Text of a path. A byte that is no UTF-8 stands for itself, and what is around it is text all the same. */
const textOf = (path: string): string =>
  path.replace(characters, (bytes) => {
    const text = Buffer.from(bytes, 'latin1').toString('utf8')
    return text.includes('\ufffd') ? bytes : text
  })

/** Characters that HFS+ leaves out of names. */
const unseen = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g

/** A name without the dots and spaces at its end, in time by its length (a pattern takes the square of it). */
const trimEnd = (name: string): string => {
  let end = name.length
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1
  return name.slice(0, end)
}

/** Bytes of the longest name that any file system takes: 255 units of UTF-16 on NTFS and HFS+. */
const longestNameBytes = 765

/** A path as the least discerning file system compares it: HFS+ and APFS, NTFS, ext4 with casefold. */
const fold = (path: string): string =>
  textOf(path)
    .replace(unseen, '')
    .split('/')
    .map((name) => trimEnd(name) || name)
    .join('/')
    .normalize('NFC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC')

/** A path without what HFS+ leaves out, in one case. */
const plainOf = (path: string): string =>
  isAscii(path) ? path.toLowerCase() : textOf(path).replace(unseen, '').toUpperCase().toLowerCase()

/** `.`, `..`, the empty name, and `.git` in any spelling that a file system takes for it. */
const forbidden = /(?:^|[/\\])\.\.?(?:[/\\]|$)|(?:^|\/)(?:\/|$)|(?:^|[/\\])(?:\.git|git~1)[. ]*(?::[^/\\]*)?(?:[/\\]|$)/

/** Windows takes a backslash for a slash, and what follows a colon for a stream of the file. */
const forbiddenOnWindows = /[\\:]/

const isFolder = ({ mode }: TreeEntry): boolean => mode === '040000'
const isLinkOrSubmodule = ({ mode }: TreeEntry): boolean => mode === '120000' || mode === '160000'

/**
 * The first path of a tree that could be written elsewhere than where it seems to be, or null. Two paths that only some
 * file systems take for one count as the same where one of them is a link or a submodule: files that differ in case are
 * usual in real projects.
 */
export const refusedPath = (entries: readonly TreeEntry[], platform: NodeJS.Platform): RefusedPath | null => {
  const refuse = (path: string, why: PathReason): RefusedPath => ({ path: textOf(path), why })
  const seen = new Set<string>()
  const folders = new Set([''])
  for (const entry of entries) {
    if (seen.has(entry.path)) return refuse(entry.path, 'duplicate')
    seen.add(entry.path)
    if (isFolder(entry)) folders.add(entry.path)
  }
  const links = new Set<string>()
  for (const entry of entries) {
    const { path } = entry
    if (path.length - path.lastIndexOf('/') - 1 > longestNameBytes) return refuse(path.slice(-300), 'name')
    if (forbidden.test(plainOf(path))) return refuse(path, 'name')
    if (platform === 'win32' && forbiddenOnWindows.test(path)) return refuse(path, 'name')
    const folded = isLinkOrSubmodule(entry) ? fold(path) : null
    if (folded === '.gitmodules') return refuse(path, 'name')
    // Below a link, a file or a submodule, or a name with a slash in it.
    const parent = path.slice(0, Math.max(path.lastIndexOf('/'), 0))
    if (!folders.has(parent)) return refuse(parent, 'not-a-folder')
    if (folded !== null) {
      if (links.has(folded)) return refuse(path, 'duplicate')
      links.add(folded)
    }
  }
  if (links.size === 0) return null
  const shadowed = entries.find((entry) => isFolder(entry) && links.has(fold(entry.path)))
  return shadowed === undefined ? null : refuse(shadowed.path, 'duplicate')
}
