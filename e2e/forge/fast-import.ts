/** A file in a commit: text, bytes, a mode of its own, or a submodule's pinned commit. */
export type FileSpec =
  | string
  | Buffer
  | { readonly content: string | Buffer; readonly mode: '100644' | '100755' | '120000' }
  | { readonly submodule: string }

/** One commit. Times are in milliseconds. */
export interface CommitSpec {
  readonly message: string
  /** The default branch unless said otherwise. */
  readonly branch?: string
  readonly files?: Readonly<Record<string, FileSpec>>
  readonly remove?: readonly string[]
  readonly author?: { readonly name: string; readonly email: string }
  readonly at?: number
}

const AUTHOR = { name: 'Ada Lovelace', email: 'ada@example.com' }

const data = (content: string | Buffer): Buffer => {
  const bytes = Buffer.from(content)
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')])
}

const quoted = (path: string): string => `"${path.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`

function* fileLines(path: string, file: FileSpec): Generator<Buffer> {
  if (typeof file === 'object' && 'submodule' in file) {
    yield Buffer.from(`M 160000 ${file.submodule} ${quoted(path)}\n`)
    return
  }
  const { content, mode } = typeof file === 'string' || Buffer.isBuffer(file) ? { content: file, mode: '100644' } : file
  yield Buffer.from(`M ${mode} inline ${quoted(path)}\n`)
  yield data(content)
}

/**
 * The `git fast-import` stream of one commit on top of its branch.
 * `parent` is what the branch stands on now, or null for the first commit.
 */
export function commitStream(commit: CommitSpec, branch: string, parent: string | null, at: number): Buffer {
  const author = commit.author ?? AUTHOR
  const when = `${author.name} <${author.email}> ${Math.floor(at / 1000)} +0000`
  return Buffer.concat([
    Buffer.from(`commit refs/heads/${branch}\nauthor ${when}\ncommitter ${when}\n`),
    data(commit.message),
    Buffer.from(parent ? `from ${parent}\n` : ''),
    ...(commit.remove ?? []).map((path) => Buffer.from(`D ${quoted(path)}\n`)),
    ...Object.entries(commit.files ?? {}).flatMap(([path, file]) => [...fileLines(path, file)]),
    Buffer.from('\n'),
  ])
}

/** Points a branch at another one's tip. */
export const branchStream = (branch: string, from: string): Buffer =>
  Buffer.from(`reset refs/heads/${branch}\nfrom refs/heads/${from}\n\n`)
