import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../src-preload/contract/outcome'
import { cleanLine } from './redact'

/** Runs git with fixed arguments in a repository on this disk; resolves to what it prints. */
export type ReadLocal = (gitFolder: string, args: readonly string[]) => Promise<string>

/** The commit that HEAD names. Names and subject are fit to be shown. */
export interface Head {
  readonly branch: string
  readonly commit: string
  readonly author: string
  /** Unix ms. */
  readonly committedAt: number
  readonly subject: string
}

/**
 * Reads the newest commit of a clone.
 * @param asked the branch that was asked for; git also takes a tag of that name, which is not what was meant
 * @throws Failure `branch-missing`, `bad-answer`
 */
export const readHead = async (read: ReadLocal, gitFolder: string, asked: string | null): Promise<Head> => {
  const head = (await readFile(join(gitFolder, 'HEAD'), 'utf8')).trim()
  const branch = /^ref: refs\/heads\/(.+)$/.exec(head)?.[1]
  if (branch === undefined && asked !== null) throw new Failure('branch-missing', { branch: asked })
  // A mailmap would be looked for in the files of the commit, which a test clone does not have.
  const text = await read(gitFolder, ['log', '-1', '--no-mailmap', '--format=%H%x00%an%x00%ct%x00%s', 'HEAD'])
  const [commit = '', author = '', seconds = '', subject = ''] = text.split('\0')
  if (!/^[0-9a-f]{40,64}$/.test(commit)) throw new Failure('bad-answer', { why: 'no-commit' })
  return {
    // HEAD of a server may be detached; then the commit has no branch.
    branch: branch ?? 'HEAD',
    commit,
    author: cleanLine(author),
    committedAt: Number(seconds) * 1000,
    subject: cleanLine(subject),
  }
}
