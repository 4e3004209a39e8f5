import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'

/** An entry of a tree as its bytes say it, in the order given: nothing is sorted, merged or checked. */
export type RawEntry =
  | { readonly mode: string; readonly name: string | Buffer; readonly content: string }
  | { readonly mode: string; readonly name: string | Buffer; readonly tree: readonly RawEntry[] }
  | { readonly mode: string; readonly name: string | Buffer; readonly commit: string }

export const file = (name: string | Buffer, content = 'file\n'): RawEntry => ({ mode: '100644', name, content })
export const link = (name: string | Buffer, content: string): RawEntry => ({ mode: '120000', name, content })
export const folder = (name: string | Buffer, ...tree: readonly RawEntry[]): RawEntry => ({ mode: '40000', name, tree })
export const submodule = (name: string | Buffer, commit: string): RawEntry => ({ mode: '160000', name, commit })

/** Writes a loose object without a check, as a hostile host would serve it. Answers its hash. */
const writeObject = (repository: string, type: string, body: Buffer): string => {
  const bytes = Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body])
  const hash = createHash('sha1').update(bytes).digest('hex')
  const directory = join(repository, 'objects', hash.slice(0, 2))
  const path = join(directory, hash.slice(2))
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true })
    writeFileSync(path, deflateSync(bytes))
  }
  return hash
}

/** A tree that several entries share is written once. */
const writeTree = (repository: string, entries: readonly RawEntry[], written = new Map<unknown, string>()): string => {
  const known = written.get(entries)
  if (known !== undefined) return known
  const hash = writeObject(
    repository,
    'tree',
    Buffer.concat(
      entries.flatMap((entry) => {
        const hash =
          'commit' in entry
            ? entry.commit
            : 'tree' in entry
              ? writeTree(repository, entry.tree, written)
              : writeObject(repository, 'blob', Buffer.from(entry.content))
        return [Buffer.from(`${entry.mode} `), Buffer.from(entry.name), Buffer.from([0]), Buffer.from(hash, 'hex')]
      }),
    ),
  )
  written.set(entries, hash)
  return hash
}

const person = 'Mallory <mallory@example.com> 1767323045 +0000'

/** Writes a commit of these entries into a bare repository. Answers its hash. */
export const writeCommit = (
  repository: string,
  entries: readonly RawEntry[],
  by: string = person,
  parents: readonly string[] = [],
): string =>
  writeObject(
    repository,
    'commit',
    Buffer.from(
      `tree ${writeTree(repository, entries)}\n${parents.map((hash) => `parent ${hash}\n`).join('')}author ${by}\ncommitter ${by}\n\nChange\n`,
    ),
  )
