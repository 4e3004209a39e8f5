import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Failure } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'
import { prepare, seedRepository } from '../testing/git-repositories'
import { type Answer, type GitServer, startGitServer } from '../testing/git-server'
import { requireAddress } from './address'
import { createGit, type Git } from './create-git'
import type { GitProgress } from './progress'
import type { GitTarget, HttpsTransport } from './transport'

// Real processes on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const token = 'canary-7f3a9c'
let root: string
let git: Git
let server: GitServer
const answers = new Map<string, Answer>()

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'git-'))
  const repositories = join(root, 'repositories')
  await seedRepository(repositories, 'o/app.git', {
    commits: [
      { subject: 'Begin', files: { 'a.txt': '1' } },
      { subject: 'Add größe \x1b[31mred', files: { 'b/c.txt': 'x'.repeat(5000) } },
    ],
    branches: ['dev', 'feature/x'],
  })
  await seedRepository(repositories, 'o/empty.git')
  const one = [{ subject: 'One', files: { a: '1' } }]
  await seedRepository(repositories, 'o/no-tree-filter.git', {
    commits: one,
    config: { 'uploadpackfilter.tree.allow': 'false' },
  })
  await seedRepository(repositories, 'o/no-filter.git', { commits: one, config: { 'uploadpack.allowFilter': 'false' } })
  server = await startGitServer({
    root: repositories,
    credential: { username: 'me', password: token },
    instead: ({ path }) => [...answers].find(([prefix]) => path.startsWith(prefix))?.[1] ?? null,
  })
  git = createGit({ folder: join(root, 'app'), gitPath: () => null, credentialHelper: [] })
})

afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true })
})

const login = (password = token): HttpsTransport => ({
  kind: 'https',
  credential: { origin: server.origin, username: 'me', password: new Secret(password) },
})
const target = (path: string, transport: HttpsTransport = login()): GitTarget => ({
  address: requireAddress(`${server.origin}/${path}`),
  transport,
})
const failing = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => {
      throw new Error('It did not fail')
    },
    (error: Failure) => error,
  )
const leftovers = () => readdir(join(root, 'app', 'work'))

describe('listBranches', () => {
  it('lists the default branch first', async () => {
    const branches = await git.listBranches(target('o/app.git'))
    expect(branches.map(({ name, default: first }) => [name, first])).toEqual([
      ['main', true],
      ['dev', false],
      ['feature/x', false],
    ])
    expect(branches[0]?.commit).toMatch(/^[0-9a-f]{40}$/)
  })

  it('tells a missing branch, an impossible one and an empty repository apart', async () => {
    expect(await failing(git.listBranches(target('o/app.git'), { branch: 'gone' }))).toMatchObject({
      code: 'branch-missing',
      facts: { branch: 'gone' },
    })
    const requests = server.requests.length
    expect((await failing(git.listBranches(target('o/app.git'), { branch: '--upload-pack=x' }))).code).toBe(
      'branch-missing',
    )
    expect(server.requests.length).toBe(requests)
    expect((await failing(git.listBranches(target('o/empty.git')))).code).toBe('repository-empty')
  })

  it('finds its folder gone and goes on', async () => {
    await rm(join(root, 'app'), { recursive: true })
    expect(await git.listBranches(target('o/app.git'))).toHaveLength(3)
  })

  it('refuses a credential of another origin before anything starts', async () => {
    const elsewhere = {
      ...login(),
      credential: { origin: 'https://example.com', username: 'me', password: new Secret(token) },
    }
    const requests = server.requests.length
    expect((await failing(git.listBranches(target('o/app.git', elsewhere)))).code).toBe('foreign-link-refused')
    expect(server.requests.length).toBe(requests)
  })

  it('refuses a credential that could add an attribute of its own', async () => {
    expect((await failing(git.listBranches(target('o/app.git', login('a\nhost=evil.example'))))).code).toBe(
      'invalid-input',
    )
  })
})

describe('testClone', () => {
  it.each(['o/app.git', 'o/no-tree-filter.git', 'o/no-filter.git'])(
    'reads one commit of %s and leaves nothing',
    async (path) => {
      const progress: GitProgress[] = []
      const cloned = await git.testClone(target(path), { onProgress: (step) => progress.push(step) })
      const commit = await prepare(join(root, 'repositories', path), 'rev-parse', 'main')
      expect(cloned).toMatchObject({
        branch: 'main',
        commit,
        author: 'Ada Lovelace',
        committedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
      })
      expect(cloned.objects).toBe(path === 'o/app.git' ? 1 : 3)
      expect(cloned.bytes).toBeGreaterThan(1000)
      expect(cloned.bytes).toBeLessThan(1024 * 1024)
      expect(progress.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['count', 'receive', 'read']))
      // The result is not kept waiting for it.
      await expect.poll(leftovers).toEqual([])
    },
  )

  it('cleans what the commit says and takes the branch that was asked for', async () => {
    expect(await git.testClone(target('o/app.git'), { branch: 'feature/x' })).toMatchObject({
      branch: 'feature/x',
      subject: 'Add größe red',
    })
  })

  it('names a tag, a missing branch and an empty repository', async () => {
    const bare = join(root, 'repositories', 'o/app.git')
    await prepare(bare, 'tag', 'v1', 'main')
    for (const branch of ['v1', 'gone']) {
      expect(await failing(git.testClone(target('o/app.git'), { branch }))).toMatchObject({
        code: 'branch-missing',
        facts: { branch },
      })
    }
    expect((await failing(git.testClone(target('o/empty.git')))).code).toBe('repository-empty')
    expect(await leftovers()).toEqual([])
  })
})

describe('a repository with history of old', () => {
  const rewritten = async (name: string, change: (commit: string) => string) => {
    const bare = await seedRepository(join(root, 'repositories'), name, {
      commits: [{ subject: 'Old', files: { a: '1' } }],
    })
    await writeFile(join(bare, 'commit'), change(`${await prepare(bare, 'cat-file', 'commit', 'main')}\n`))
    const id = await prepare(bare, 'hash-object', '-t', 'commit', '-w', '--literally', join(bare, 'commit'))
    await prepare(bare, 'update-ref', 'refs/heads/main', id)
  }

  it('is taken with its harmless slips, and refused with a dangerous file', async () => {
    await rewritten('o/old.git', (commit) =>
      commit.replace(/<ada@example.com> (\d+) \+0000/g, '<ada@example.com> $1 +051800'),
    )
    expect(await git.testClone(target('o/old.git'))).toMatchObject({ subject: 'Old' })
    expect(await git.fullClone(target('o/old.git'), join(root, 'old'))).toMatchObject({ subject: 'Old' })

    const gitmodules = '[submodule "x"]\n\tpath = x\n\turl = --upload-pack=touch\n'
    await seedRepository(join(root, 'repositories'), 'o/danger.git', {
      commits: [{ subject: 'x', files: { '.gitmodules': gitmodules } }],
    })
    expect(await failing(git.fullClone(target('o/danger.git'), join(root, 'danger')))).toMatchObject({
      code: 'object-refused',
      facts: { check: 'gitmodulesUrl', object: expect.stringMatching(/^[0-9a-f]{40}$/) },
    })
  })
})

describe('fullClone', () => {
  it('brings everything into the chosen folder, with an address that holds no login', async () => {
    const folder = join(root, 'kept')
    const cloned = await git.fullClone(target('o/app.git'), folder)
    expect(cloned).toMatchObject({ branch: 'main', branches: 3, folder, objects: 7 })
    expect(cloned.leftOut).toEqual({ submodules: 0, largeFiles: 0 })
    expect((await readdir(folder)).sort()).toEqual(['.git', 'a.txt', 'b'])
    expect(await readFile(join(folder, '.git', 'config'), 'utf8')).toContain(`url = ${server.origin}/o/app.git\n`)
    expect(await prepare(folder, 'status', '--porcelain')).toBe('')
    expect((await failing(git.fullClone(target('o/app.git'), folder))).code).toBe('folder-not-empty')
  })

  it('counts the submodules and large files that it leaves out', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 12345\n`
    const link = (path: string) => ['update-index', '--add', '--cacheinfo', `160000,${'ab'.repeat(20)},${path}`]
    await seedRepository(join(root, 'repositories'), 'o/parts.git', {
      commits: [
        {
          subject: 'Parts',
          files: {
            '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
            'a/.gitattributes': '*.psd filter=lfs\n',
            'logo.bin': pointer,
            'größe "x".bin': pointer,
            'a/b.psd': pointer,
            'a/crlf.psd': pointer.replaceAll('\n', '\r\n'),
            'b.psd': pointer,
            'content.bin': 'itself',
            'about.txt': pointer,
          },
        },
      ],
      staged: async (work) => {
        await prepare(work, ...link('lib'))
        await prepare(work, ...link('vendor/theme'))
      },
    })
    const folder = join(root, 'parts')
    const { leftOut } = await git.fullClone(target('o/parts.git'), folder)
    expect(leftOut).toEqual({ submodules: 2, largeFiles: 4 })
    expect(await readFile(join(folder, 'logo.bin'), 'utf8')).toBe(pointer)
  })

  it('removes what it made after a failure, and only that', async () => {
    const made = join(root, 'made', 'deep')
    expect((await failing(git.fullClone(target('o/gone.git'), made))).code).toBe('not-found')
    expect(await readdir(join(root, 'made'))).toEqual([])
    const there = join(root, 'there')
    await mkdir(there)
    expect((await failing(git.fullClone(target('o/gone.git'), there))).code).toBe('not-found')
    expect(await readdir(there)).toEqual([])
    await writeFile(join(root, 'file'), '')
    expect(await failing(git.fullClone(target('o/app.git'), join(root, 'file')))).toMatchObject({
      code: 'storage-failed',
    })
  })
})

const html = { 'content-type': 'text/html' }
const plain = { 'content-type': 'text/plain' }
const answer = (status: number, body = '', headers: Record<string, string> = plain): Answer => ({
  kind: 'answer',
  status,
  headers,
  body,
})
const cases: readonly [what: string, answer: Answer, code: string, facts: Record<string, string>][] = [
  ['301', answer(301, '', { location: 'http://127.0.0.1:1/x' }), 'moved', { status: '301' }],
  ['302', answer(302, '', { location: 'http://127.0.0.1:1/x' }), 'moved', { status: '302' }],
  ['401', answer(401, '', { 'www-authenticate': 'Basic realm="x"' }), 'auth-expired', {}],
  ['403', answer(403), 'access-denied', { status: '403' }],
  ['403 with SSO', answer(403, "The 'x' organization has enabled or enforced SAML SSO."), 'sso-required', {}],
  ['403 with scopes', answer(403, 'Your credentials lack one or more required privilege scopes.'), 'scope-missing', {}],
  ['403 with an address list', answer(403, 'The owner has an IP allow list enabled'), 'access-restricted', {}],
  ['404', answer(404), 'not-found', { path: 'x' }],
  ['410', answer(410), 'not-found', {}],
  ['418', answer(418, 'I am \x1b[1ma teapot'), 'clone-refused', { message: 'I am a teapot' }],
  ['429', answer(429), 'rate-limited', {}],
  ['500', answer(500), 'server-error', { status: '500' }],
  ['503', answer(503), 'server-error', { status: '503' }],
  ['a page', answer(200, '<html>Log in</html>', html), 'bad-answer', { why: 'not-git' }],
  [
    'half a line',
    answer(200, 'hello', { 'content-type': 'application/x-git-upload-pack-advertisement' }),
    'bad-answer',
    {},
  ],
  ['nothing', { kind: 'drop' }, 'connection-closed', {}],
]

describe('a server that', () => {
  it.each(cases)('answers %s', async (_, given, code, facts) => {
    answers.set('/x.git', given)
    const quick = await failing(git.listBranches(target('x.git')))
    const clone = await failing(git.testClone(target('x.git')))
    for (const failure of [quick, clone]) {
      expect(failure).toMatchObject({ code, facts: { host: new URL(server.origin).host, ...facts } })
      expect(JSON.stringify(failure.facts)).not.toContain(token)
    }
    expect(await leftovers()).toEqual([])
  })

  it('closes in the middle of the pack', async () => {
    answers.set('/o/app.git/git-upload-pack', { kind: 'cut', bytes: 300 })
    expect((await failing(git.testClone(target('o/app.git')))).code).toBe('connection-closed')
    answers.delete('/o/app.git/git-upload-pack')
    expect(await leftovers()).toEqual([])
  })

  it('is asked without a login', async () => {
    expect((await failing(git.listBranches(target('o/app.git', { kind: 'https' })))).code).toBe('access-denied')
  })

  it('refuses the login', async () => {
    const refused = await failing(git.testClone(target('o/app.git', login('wrong'))))
    expect(refused.code).toBe('auth-expired')
    expect(JSON.stringify(refused.facts)).not.toContain('wrong')
  })

  it('is not there', async () => {
    const gone = await startGitServer({ root })
    await gone.close()
    const away = { address: requireAddress(`${gone.origin}/o/app.git`), transport: { kind: 'https' } } as const
    expect((await failing(git.listBranches(away))).code).toBe('unreachable')
    const nowhere = {
      address: requireAddress('https://no-such-host.invalid/o/r'),
      transport: { kind: 'https' },
    } as const
    expect(await failing(git.listBranches(nowhere))).toMatchObject({
      code: 'host-not-found',
      facts: { host: 'no-such-host.invalid' },
    })
  })
})
