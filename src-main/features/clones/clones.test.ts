import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Clone, CloneMode } from '../../../src-preload/contract/entities/clone'
import type { Repository } from '../../../src-preload/contract/entities/repository'
import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'
import { createGit } from '../../git/create-git'
import type { ProviderClient, RemoteRepository } from '../../providers/provider'
import { prepare, seedRepository } from '../../testing/git-repositories'
import { type GitServer, startGitServer } from '../../testing/git-server'
import { silentLog } from '../../testing/silent-log'
import type { AccountRecord } from '../accounts/account-record'
import { type Clones, createClones } from './create-clones'
import type { ClonePorts } from './ports'

vi.setConfig({ testTimeout: 30_000 })

let root: string
let server: GitServer
let stalling: GitServer
let git: ClonePorts['git']
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'clones-'))
  const repositories = join(root, 'repositories')
  const commits = [{ subject: 'One', files: { a: Array.from({ length: 30_000 }, () => Math.random()).join() } }]
  await seedRepository(repositories, 'o/app.git', { commits, branches: ['dev'] })
  await seedRepository(repositories, 'o/empty.git')
  server = await startGitServer({ root: repositories, credential: { username: 'me', password: 'right' } })
  stalling = await startGitServer({
    root: repositories,
    instead: ({ method }) => (method === 'POST' ? { kind: 'stall', bytes: 100 } : null),
  })
  git = createGit({ folder: join(root, 'app'), gitPath: () => null, credentialHelper: [] })
})
afterAll(async () => {
  await server.close()
  await stalling.close()
  await rm(root, { recursive: true })
})

const repositoryAt = (httpsUrl: string): Repository => ({
  ...{
    key: 'acc/1',
    accountId: 'acc',
    id: '1',
    path: 'o/app',
    owner: 'o',
    name: 'app',
    private: true,
    archived: false,
  },
  ...{ fork: false, language: null, pushedAt: null, defaultBranch: 'main', httpsUrl, sshUrl: null, webUrl: '' },
})

/** One account at `server`. What a test changes is here. */
const world = () => ({
  repository: repositoryAt(`${server.origin}/o/app.git`),
  /** Passwords in the order in which they are asked for; the last one stays. */
  passwords: ['right'],
  /** What the provider says about the repository. */
  provider: async (): Promise<Partial<RemoteRepository>> => ({ path: 'o/app' }),
  folder: null as string | null,
  sshFailure: new Failure('vault-locked'),
})
let now: ReturnType<typeof world>
let announced: { readonly clone: Clone; readonly at: number }[]
let met: unknown[]
let seen: (readonly [id: string, path: string | null])[]
let revealed: string[]
let clones: Clones
let origin: string

beforeEach(() => {
  now = world()
  announced = []
  met = []
  seen = []
  revealed = []
  origin = server.origin
  clones = createClones({
    git,
    access: {
      gitCredential: async () => ({
        username: 'me',
        password: new Secret((now.passwords.length > 1 ? now.passwords.shift() : now.passwords[0]) ?? ''),
        origin,
      }),
      met: (_, outcome) => met.push(outcome.ok ? 'ok' : outcome.error),
      open: () => {
        const client = { repository: () => now.provider() } as unknown as ProviderClient
        return { client } as ReturnType<ClonePorts['access']['open']>
      },
      record: () => ({ kind: 'ssh', host: 'ssh://example.com' }) as AccountRecord,
      reached: async () => undefined,
    },
    repository: async () => now.repository,
    seen: (_, id, remote) => seen.push([id, remote?.path ?? null]),
    ssh: async () => {
      throw now.sshFailure
    },
    network: { caFile: async () => null, proxy: async () => null },
    dialog: { chooseFolder: async () => now.folder, reveal: async (folder) => void revealed.push(folder) },
    announce: (event, payload) => {
      if (event === 'clones.changed') announced.push({ clone: payload as Clone, at: Date.now() })
    },
    clock: { now: () => Date.now() },
    log: silentLog(),
  })
})

const order = (mode: CloneMode, more: { branch?: string; folder?: string; transport?: 'https' | 'ssh' } = {}) => ({
  source: { kind: 'repository' as const, accountId: 'acc', id: '1', transport: more.transport ?? 'https' },
  mode,
  branch: more.branch ?? null,
  folder: more.folder ?? null,
})
const end = async (id: string): Promise<Clone> => {
  await expect
    .poll(() => announced.find(({ clone }) => clone.id === id && clone.state !== 'running'), {
      timeout: 20_000,
      interval: 5,
    })
    .toBeDefined()
  const [clone] = await clones.handlers.list(undefined)
  return clone as Clone
}
const run = async (...asked: Parameters<typeof order>) => end((await clones.handlers.start(order(...asked))).id)

describe('a clone', () => {
  it('is checked quickly', async () => {
    const clone = await run('quick')
    expect(clone).toMatchObject({ state: 'done', failure: null, url: `${server.origin}/o/app.git` })
    expect(clone.result).toMatchObject({
      mode: 'quick',
      branch: 'main',
      branches: 2,
      author: null,
      bytes: null,
      folder: null,
    })
    expect((await run('quick', { branch: 'dev' })).result?.branch).toBe('dev')
    expect(met).toEqual(['ok', 'ok'])
  })

  it('is tried with one commit, and tells how far it is', async () => {
    const clone = await run('shallow')
    expect(clone.result).toMatchObject({
      mode: 'shallow',
      subject: 'One',
      author: 'Ada Lovelace',
      branches: null,
      objects: 1,
    })
    expect(announced[0]?.clone).toMatchObject({ state: 'running', progress: { id: clone.id, phase: 'connect' } })
    expect(announced.at(-1)?.clone).toEqual(clone)
  })

  it('is kept in a folder that the person chose, and in no other', async () => {
    const folder = join(root, 'kept')
    await mkdir(folder)
    const refusal = { code: 'invalid-input', facts: { field: 'folder' } }
    await expect(clones.handlers.start(order('full', { folder }))).rejects.toMatchObject(refusal)
    await expect(clones.handlers.start(order('full'))).rejects.toMatchObject(refusal)
    now.folder = folder
    expect(await clones.handlers.chooseFolder(undefined)).toBe(folder)
    await expect(clones.handlers.start(order('quick', { folder }))).rejects.toMatchObject(refusal)
    const clone = await run('full', { folder })
    expect(clone.result).toMatchObject({ mode: 'full', folder, branches: 2 })
    expect((await readdir(folder)).sort()).toEqual(['.git', 'a'])
    await clones.handlers.reveal({ id: clone.id })
    expect(revealed).toEqual([folder])
    expect((await run('full', { folder })).failure).toMatchObject({ code: 'folder-not-empty', facts: { path: folder } })
  })

  it('is cancelled, with the others when the app ends', async () => {
    origin = stalling.origin
    now.repository = repositoryAt(`${stalling.origin}/o/app.git`)
    const first = await clones.handlers.start(order('shallow'))
    const second = await clones.handlers.start(order('quick'))
    await stalling.sees(({ method }) => method === 'POST')
    await clones.handlers.cancel({ id: first.id })
    expect((await clones.handlers.list(undefined)).map(({ state }) => state)).toEqual(['running', 'cancelled'])
    await clones.stopAll()
    expect((await clones.handlers.list(undefined)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    expect(await readdir(join(root, 'app', 'work'))).toEqual([])
    expect(met).toEqual([])
    await clones.handlers.cancel({ id: second.id })
    await expect(clones.handlers.cancel({ id: 'none' })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a repository that since it was listed', () => {
  const gone = (code: 'not-found' | 'intermediary-answered') => async () => {
    throw new Failure(code)
  }

  it('was deleted', async () => {
    now.repository = repositoryAt(`${server.origin}/o/deleted.git`)
    now.provider = gone('not-found')
    expect((await run('quick')).failure).toMatchObject({ code: 'not-found', facts: { path: 'o/app' } })
    expect(met).toEqual([expect.objectContaining({ code: 'not-found' })])
    expect(seen).toEqual([['1', null]])
  })

  it('was renamed', async () => {
    const from = join(root, 'repositories', 'o', 'old.git')
    await seedRepository(join(root, 'repositories'), 'o/old.git', { commits: [{ subject: 'One', files: {} }] })
    now.repository = { ...repositoryAt(`${server.origin}/o/old.git`), path: 'o/old' }
    now.provider = async () => ({ path: 'o/new' })
    expect((await run('quick')).state).toBe('done')
    await rename(from, from.replace('old', 'new'))
    for (const mode of ['quick', 'shallow'] as const) {
      expect((await run(mode)).failure).toMatchObject({ code: 'moved', facts: { path: 'o/old', to: 'o/new' } })
      expect(seen.at(-1)).toEqual(['1', 'o/new'])
    }
  })

  it('is where it was, though git was redirected: something stands in front', async () => {
    const front = await startGitServer({
      root: join(root, 'repositories'),
      instead: () => ({ kind: 'answer', status: 302, headers: { location: 'https://acme.okta.com/login' } }),
    })
    origin = front.origin
    now.repository = repositoryAt(`${front.origin}/o/app.git`)
    expect((await run('quick')).failure?.code).toBe('intermediary-answered')
    now.provider = gone('intermediary-answered')
    expect((await run('quick')).failure?.code).toBe('intermediary-answered')
    await front.close()
  })

  it('was emptied', async () => {
    now.repository = repositoryAt(`${server.origin}/o/empty.git`)
    for (const mode of ['quick', 'shallow'] as const) {
      expect((await run(mode)).failure?.code).toBe('repository-empty')
      expect((await run(mode, { branch: 'main' })).failure?.code).toBe('repository-empty')
    }
  })

  it('lost the branch', async () => {
    await prepare(join(root, 'repositories', 'o', 'app.git'), 'branch', 'short-lived', 'main')
    expect((await run('shallow', { branch: 'short-lived' })).state).toBe('done')
    await prepare(join(root, 'repositories', 'o', 'app.git'), 'branch', '-D', 'short-lived')
    for (const mode of ['quick', 'shallow'] as const) {
      expect((await run(mode, { branch: 'short-lived' })).failure).toMatchObject({
        code: 'branch-missing',
        facts: { branch: 'short-lived' },
      })
    }
  })
})

describe('a login', () => {
  it('that was renewed meanwhile is used for a second try', async () => {
    now.passwords = ['expired', 'right']
    expect((await run('quick')).state).toBe('done')
    expect(met).toEqual(['ok'])
  })

  it('that git refuses although the provider takes it ends nothing', async () => {
    now.passwords = ['wrong']
    const { failure } = await run('shallow')
    expect(failure).toMatchObject({ code: 'access-denied', facts: { why: 'git-login' } })
    expect(JSON.stringify(await clones.handlers.list(undefined))).not.toContain('wrong')
    expect(met).toEqual([expect.objectContaining({ code: 'access-denied' })])
  })

  it('that the provider refuses too is over', async () => {
    now.passwords = ['wrong']
    now.provider = async () => {
      throw new Failure('auth-revoked')
    }
    expect((await run('quick')).failure?.code).toBe('auth-revoked')
    expect(met).toEqual([expect.objectContaining({ code: 'auth-revoked' })])
  })

  it('stays as git saw it when the provider can’t be asked', async () => {
    now.passwords = ['wrong']
    now.provider = async () => {
      throw new Failure('unreachable')
    }
    expect((await run('quick')).failure?.code).toBe('auth-expired')
  })
})

it('refuses an address before anything runs', async () => {
  const requests = server.requests.length
  now.repository = repositoryAt('https://me:secret@example.com/o/app')
  await expect(clones.handlers.start(order('quick'))).rejects.toMatchObject({
    code: 'address-refused',
    facts: { reason: 'credentials', corrected: 'https://example.com/o/app' },
  })
  now.repository = repositoryAt('http://git.example.com/o/app.git')
  await expect(clones.handlers.start(order('quick'))).rejects.toMatchObject({
    code: 'foreign-link-refused',
    facts: { to: 'http://git.example.com', account: 'acc' },
  })
  await expect(clones.handlers.start(order('quick', { transport: 'ssh' }))).rejects.toMatchObject({
    code: 'address-refused',
  })
  const address = { kind: 'ssh-address' as const, accountId: 'acc', address: 'https://example.com/o/app' }
  await expect(clones.handlers.start({ ...order('quick'), source: address })).rejects.toMatchObject({
    code: 'address-refused',
  })
  expect(await clones.handlers.list(undefined)).toEqual([])
  now.repository = repositoryAt('https://git.example.com/o/app.git')
  expect((await run('quick')).failure).toMatchObject({ code: 'foreign-link-refused', facts: { account: 'acc' } })
  expect(server.requests.length).toBe(requests)
})

it.each([new Failure('ssh-key-missing'), new Failure('not-found', { what: 'ssh-key' })])(
  'asks the provider nothing when a key is missing here: %s',
  async (failure) => {
    now.sshFailure = failure
    now.repository = { ...now.repository, sshUrl: 'git@example.com:o/app.git' }
    const { id } = await clones.handlers.start(order('shallow', { transport: 'ssh' }))
    expect((await end(id)).failure).toEqual({ code: failure.code, facts: failure.facts })
  },
)

it('tells what opening the key met', async () => {
  const source = { kind: 'ssh-address' as const, accountId: 'acc', address: 'git@example.com:o/app' }
  const { id } = await clones.handlers.start({ ...order('quick'), source })
  expect((await end(id)).failure?.code).toBe('vault-locked')
})

describe('with a git that answers at once', () => {
  const branches = [{ name: 'main', commit: '0'.repeat(40), default: true }]
  const swift = (listBranches: ClonePorts['git']['listBranches'], testClone: ClonePorts['git']['testClone']) =>
    createClones({
      git: { listBranches, testClone, fullClone: git.fullClone },
      access: {
        gitCredential: async () => ({ username: '', password: new Secret(''), origin }),
        met: () => undefined,
        open: vi.fn(),
        record: vi.fn(),
        reached: vi.fn(),
      },
      repository: async () => now.repository,
      seen: vi.fn(),
      ssh: vi.fn(),
      network: { caFile: async () => null, proxy: async () => null },
      dialog: { chooseFolder: async () => null, reveal: async () => undefined },
      announce: (event, payload) => {
        if (event === 'clones.changed') announced.push({ clone: payload as Clone, at: Date.now() })
      },
      clock: { now: () => Date.now() },
      log: silentLog(),
    })

  it('remembers the last 50', async () => {
    clones = swift(async () => branches, git.testClone)
    const ids: string[] = []
    for (let count = 0; count < 60; count += 1) {
      const { id } = await clones.handlers.start(order('quick'))
      ids.unshift(id)
      await end(id)
    }
    expect((await clones.handlers.list(undefined)).map(({ id }) => id)).toEqual(ids.slice(0, 50))
  })

  it('tells its progress at most 20 times a second, and its end always', async () => {
    clones = swift(
      async () => branches,
      async (_, options) => {
        const enough = () => announced.filter(({ clone }) => clone.state === 'running').length > 4
        while (!enough()) {
          for (let percent = 0; percent <= 100; percent += 1) {
            options?.onProgress?.({ phase: 'receive', percent, objects: percent, bytes: null, bytesPerSecond: null })
          }
          await new Promise((resolve) => setImmediate(resolve))
        }
        return { branch: 'main', commit: '0'.repeat(40), author: '', committedAt: 0, subject: '', objects: 1, bytes: 1 }
      },
    )
    const from = Date.now()
    await run('shallow')
    const allowed = 2 + Math.ceil((Date.now() - from) / 50)
    const progress = announced.filter(({ clone }) => clone.state === 'running')
    expect(progress.length).toBeGreaterThan(4)
    expect(progress.length).toBeLessThanOrEqual(allowed)
    expect(announced.at(-1)?.clone.state).toBe('done')
  })
})
