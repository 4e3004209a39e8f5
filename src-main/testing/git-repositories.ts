import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs git for a test's own preparations: nothing of the machine's configuration, a fixed person and date. */
export const prepare = async (folder: string, ...args: readonly string[]): Promise<string> => {
  const { stdout } = await run('git', [...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Ada Lovelace',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada Lovelace',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
      GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
      GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
    },
  })
  return stdout.trim()
}

/** A repository to make: files of its commits in order, branches beside `main`, configuration of the bare copy. */
export interface Seed {
  readonly commits?: readonly { readonly subject: string; readonly files: Readonly<Record<string, string>> }[]
  readonly branches?: readonly string[]
  readonly config?: Readonly<Record<string, string>>
  /** Called in the working copy when the files of the last commit are staged, e.g. to stage a symbolic link. */
  readonly staged?: (folder: string) => Promise<void>
}

/** Makes `root/name` as a bare repository whose default branch is `main`; without commits it is empty. */
export const seedRepository = async (root: string, name: string, seed: Seed = {}): Promise<string> => {
  const bare = join(root, name)
  const work = `${bare}.work`
  await mkdir(work, { recursive: true })
  await prepare(root, 'init', '-q', '--bare', '-b', 'main', bare)
  await prepare(bare, 'config', 'uploadpack.allowFilter', 'true')
  for (const [key, value] of Object.entries(seed.config ?? {})) await prepare(bare, 'config', key, value)
  const commits = seed.commits ?? []
  if (commits.length === 0) return bare
  await prepare(work, 'init', '-q', '-b', 'main')
  for (const [index, { subject, files }] of commits.entries()) {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(work, path)), { recursive: true })
      await writeFile(join(work, path), content)
    }
    await prepare(work, 'add', '-A')
    if (index === commits.length - 1) await seed.staged?.(work)
    await prepare(work, 'commit', '-q', '--allow-empty', '-m', subject)
  }
  for (const branch of seed.branches ?? []) await prepare(work, 'branch', branch)
  await prepare(work, 'push', '-q', '--all', bare)
  return bare
}
