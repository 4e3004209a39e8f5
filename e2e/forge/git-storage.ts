import { spawn } from 'node:child_process'
import { access, chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Repository } from './entities'
import { branchStream, type CommitSpec, commitStream, type FileSpec } from './fast-import'

export type { CommitSpec, FileSpec } from './fast-import'

/** What a repository holds when its git objects are made. */
export interface ContentSpec {
  readonly defaultBranch?: string
  /** Files of the first commit; a README is made up when nothing is given. */
  readonly files?: Readonly<Record<string, FileSpec>>
  /** Commits after the first one, or how many to make up. */
  readonly commits?: readonly CommitSpec[] | number
  /** Further branches, all at the tip of the default branch. */
  readonly branches?: readonly string[]
  readonly empty?: boolean
}

/** A branch and the commit it points at. */
export interface BranchTip {
  readonly name: string
  readonly hash: string
}

/** Bare repositories on disk, made when first asked for. */
export interface GitStorage {
  /** Parent directory of all bare repositories; one is `{root}/{id}.git`. */
  readonly root: string
  /** Remembers what to make, without making it. */
  declare(repository: Repository, content: ContentSpec): void
  /** Path of the bare repository, made now if it was not there. */
  directory(repository: Repository): Promise<string>
  remove(repository: Repository): Promise<void>
  /** Branches in order of name. */
  branches(repository: Repository): Promise<readonly BranchTip[]>
  commit(repository: Repository, commit: CommitSpec): Promise<string>
  /** Runs git inside the bare repository and answers what it printed. Throws when git fails. */
  run(repository: Repository, args: readonly string[]): Promise<string>
}

/** Environment of every git started here: nothing of the user's own configuration reaches it. */
export const gitEnvironment = (extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  ...extra,
})

/** What a hosting forge switches on: partial clones, any reachable commit, pushes over http. */
const CONFIG = `[core]
	repositoryformatversion = 0
	bare = true
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[http]
	receivepack = true
[receive]
	denyDeleteCurrent = false
	advertisePushOptions = true
[gc]
	auto = 0
`

/** Tells the forge which branches a push moved: git hands the lines `old new ref` to this hook on its input. */
const POST_RECEIVE = '#!/bin/sh\nif [ -n "$FORGE_PUSHED" ]; then exec cat >>"$FORGE_PUSHED"; fi\nexec cat >/dev/null\n'

const git = (args: readonly string[], input?: Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('git', args, { env: gitEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] })
    const out: Buffer[] = []
    const complaints: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk))
    child.stdin.on('error', () => undefined)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString())
      else reject(new Error(`git ${args.join(' ')} ended with ${code}: ${Buffer.concat(complaints).toString()}`))
    })
    child.stdin.end(input ?? Buffer.alloc(0))
  })

const initialContent = (repository: Repository, content: ContentSpec): Buffer => {
  const main = repository.defaultBranch
  const first: CommitSpec = {
    message: 'First commit\n',
    files: content.files ?? { 'README.md': `# ${repository.name}\n\n${repository.description}\n` },
  }
  const later: readonly CommitSpec[] =
    typeof content.commits === 'number'
      ? Array.from({ length: content.commits }, (_, index) => ({
          message: `Change number ${index + 1}\n`,
          files: { 'CHANGES.md': `Change number ${index + 1}\n` },
        }))
      : (content.commits ?? [])
  const started = new Set([main])
  const stream = [first, ...later].map((commit, index) => {
    const branch = commit.branch ?? main
    const parent = index === 0 || started.has(branch) ? null : `refs/heads/${main}`
    started.add(branch)
    return commitStream(commit, branch, parent, commit.at ?? repository.createdAt + index * 60_000)
  })
  return Buffer.concat([...stream, ...(content.branches ?? []).map((branch) => branchStream(branch, main))])
}

/** Git objects below `root`, which must exist and be empty. */
export function gitStorage(root: string): GitStorage {
  const declared = new Map<number, ContentSpec>()
  const made = new Map<number, Promise<string>>()
  const path = (repository: Repository): string => join(root, `${repository.id}.git`)

  const make = async (repository: Repository): Promise<string> => {
    const directory = path(repository)
    await mkdir(join(directory, 'objects', 'info'), { recursive: true })
    await mkdir(join(directory, 'refs', 'heads'), { recursive: true })
    await mkdir(join(directory, 'hooks'))
    await writeFile(join(directory, 'HEAD'), `ref: refs/heads/${repository.defaultBranch}\n`)
    await writeFile(join(directory, 'config'), CONFIG)
    await writeFile(join(directory, 'hooks', 'post-receive'), POST_RECEIVE)
    await chmod(join(directory, 'hooks', 'post-receive'), 0o755)
    if (!repository.empty) {
      await git(
        ['-C', directory, 'fast-import', '--quiet', '--force'],
        initialContent(repository, declared.get(repository.id) ?? {}),
      )
    }
    return directory
  }

  const storage: GitStorage = {
    root,
    declare: (repository, content) => {
      declared.set(repository.id, content)
    },
    directory: (repository) => {
      const known = made.get(repository.id)
      if (known) return known
      const making = make(repository)
      made.set(repository.id, making)
      making.catch(() => made.delete(repository.id))
      return making
    },
    remove: async (repository) => {
      await made.get(repository.id)
      made.delete(repository.id)
      declared.delete(repository.id)
      await access(path(repository)).then(
        () => rm(path(repository), { recursive: true, force: true }),
        () => undefined,
      )
    },
    branches: async (repository) => {
      const lines = await storage.run(repository, ['for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads'])
      return lines
        .split('\n')
        .filter(Boolean)
        .map((line) => ({ hash: line.slice(0, 40), name: line.slice(41 + 'refs/heads/'.length) }))
    },
    commit: async (repository, commit) => {
      const branch = commit.branch ?? repository.defaultBranch
      const tips = await storage.branches(repository)
      const base = tips.find((tip) => tip.name === branch) ?? tips.find((tip) => tip.name === repository.defaultBranch)
      const stream = commitStream(commit, branch, base?.hash ?? null, commit.at ?? Date.now())
      await git(['-C', await storage.directory(repository), 'fast-import', '--quiet', '--force'], stream)
      return (await storage.run(repository, ['rev-parse', `refs/heads/${branch}`])).trim()
    },
    run: async (repository, args) => git(['-C', await storage.directory(repository), ...args]),
  }
  return storage
}
