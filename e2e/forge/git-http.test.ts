import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forge, startForge } from './forge'
import { gitEnvironment } from './git-storage'
import { localRequest } from './local-request'

const run = promisify(execFile)
let forge: Forge
let scratch: string
const git = (args: readonly string[], cwd = scratch) =>
  run('git', [...args], { cwd, env: gitEnvironment({ GIT_TERMINAL_PROMPT: '0', HOME: scratch }) })

const withToken = (token: string, path: string): string =>
  `${forge.address.replace('//', `//x-access-token:${token}@`)}/${path}`

beforeAll(async () => {
  forge = await startForge({ dialect: 'github', repositories: 30 })
  scratch = await mkdtemp(join(tmpdir(), 'forge-test-'))
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
  await rm(scratch, { recursive: true })
})

describe('git over http', () => {
  it('clones and pushes a private repository with a token as password', async () => {
    await forge.world.createRepository({ owner: 'ada', name: 'engine', files: { 'a.txt': 'one\n' }, commits: 2 })
    const token = forge.personalAccessToken({ user: 'ada', scopes: ['repo'] })
    await git(['clone', '-q', withToken(token, 'ada/engine.git'), 'engine'])
    const work = join(scratch, 'engine')
    expect(await readFile(join(work, 'a.txt'), 'utf8')).toBe('one\n')
    await writeFile(join(work, 'a.txt'), 'two\n')
    const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
    await git([...author, 'commit', '-qam', 'Two'], work)
    await git(['push', '-q'], work)
    const { stdout } = await git(['rev-parse', 'HEAD'], work)
    const repository = forge.world.findRepository('ada/engine')
    if (!repository) throw new Error('gone')
    const tips = await forge.world.git.branches(repository)
    expect(tips).toEqual([{ name: 'main', hash: stdout.trim() }])
  })

  it('makes the objects of a seeded row when it is first cloned', async () => {
    const row = forge.world.repositories().find((one) => one.private && one.owner.login === 'ada')
    if (!row) throw new Error('no private row')
    const token = forge.personalAccessToken({ user: 'ada', scopes: ['repo'] })
    const { stdout } = await git(['ls-remote', '--symref', withToken(token, `ada/${row.name}`), 'HEAD'])
    expect(stdout).toContain(`ref: refs/heads/${row.defaultBranch}\tHEAD`)
  })

  it('serves partial clones over protocol version 2', async () => {
    await forge.world.createRepository({ owner: 'ada', name: 'partial', files: { 'big.bin': 'x'.repeat(50_000) } })
    const token = forge.personalAccessToken({ user: 'ada', scopes: ['repo'] })
    const url = withToken(token, 'ada/partial.git')
    await git(['clone', '-q', '--depth=1', '--filter=blob:none', '--no-checkout', url, 'partial'])
    const { stdout } = await git(['rev-list', '--objects', '--missing=print', 'HEAD'], join(scratch, 'partial'))
    expect(stdout.split('\n').filter((line) => line.startsWith('?'))).toHaveLength(1)
    expect(forge.requests.matching('GET /ada/partial.git/info/refs').at(-1)?.headers['git-protocol']).toBe('version=2')
  })

  it('asks for credentials by the name of GitHub, and tells nobody that a private repository exists', async () => {
    await forge.world.createRepository({ owner: 'ada', name: 'secret-plans' })
    const refs = (path: string, token?: string) =>
      localRequest(`${forge.address}/${path}/info/refs?service=git-upload-pack`, {
        headers: token ? { authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` } : {},
      })
    for (const path of ['ada/secret-plans.git', 'ada/never-was.git']) {
      expect(await refs(path)).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Basic realm="GitHub"' } })
      expect((await refs(path, forge.personalAccessToken({ user: 'alan' }))).status).toBe(404)
      expect((await refs(path, 'ghp_dead')).status).toBe(401)
    }
    expect((await refs('ada/secret-plans', forge.personalAccessToken({ user: 'ada', scopes: ['gist'] }))).status).toBe(
      404,
    )
    expect((await refs('ada/secret-plans', forge.personalAccessToken({ user: 'ada' }))).status).toBe(200)
  })

  it('refuses pushes to what is archived and from those who may only read', async () => {
    const repository = await forge.world.createRepository({
      owner: 'ada',
      name: 'old',
      collaborators: { grace: 'read' },
    })
    const push = (login: string) =>
      localRequest(`${forge.address}/ada/old.git/info/refs?service=git-receive-pack`, {
        headers: {
          authorization: `Basic ${Buffer.from(`x:${forge.personalAccessToken({ user: login })}`).toString('base64')}`,
        },
      })
    expect((await push('grace')).status).toBe(403)
    expect((await push('ada')).status).toBe(200)
    forge.world.archive(repository)
    expect((await push('ada')).text).toContain('archived')
  })

  it('leads from the old name of a repository to the new one', async () => {
    const repository = await forge.world.createRepository({ owner: 'ada', name: 'before' })
    forge.world.rename(repository, 'after')
    const token = forge.personalAccessToken({ user: 'ada' })
    const { stdout } = await git(['ls-remote', withToken(token, 'ada/before.git')])
    expect(stdout).toContain('refs/heads/main')
    await forge.world.delete(repository)
    await expect(git(['ls-remote', withToken(token, 'ada/before.git')])).rejects.toThrow(/not found/i)
  })

  it('cuts a stream where it is told to', async () => {
    await forge.world.createRepository({ owner: 'ada', name: 'cut', files: { a: 'x'.repeat(200_000) } })
    const token = forge.personalAccessToken({ user: 'ada' })
    forge.faults.next({ match: 'POST /ada/cut.git/git-upload-pack', times: 2, cutAfterBytes: 40 })
    await expect(git(['clone', '-q', withToken(token, 'ada/cut.git'), 'cut'])).rejects.toThrow()
    forge.faults.clear()
  })

  it('lists an empty repository as one without branches', async () => {
    const repository = await forge.world.createRepository({ owner: 'ada', name: 'bare', empty: true })
    const token = forge.personalAccessToken({ user: 'ada' })
    expect((await git(['ls-remote', withToken(token, 'ada/bare.git')])).stdout).toBe('')
    await forge.world.commit(repository, { message: 'First\n', files: { a: 'a' } })
    expect((await git(['ls-remote', withToken(token, 'ada/bare.git')])).stdout).toContain('refs/heads/main')
  })
})
