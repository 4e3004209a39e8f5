import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Secret } from '../credentials/secret'
import { prepare, seedRepository } from '../testing/git-repositories'
import { type GitServer, startGitServer } from '../testing/git-server'
import { watchProcesses } from '../testing/process-watch'
import { requireAddress } from './address'
import { runCredentialHelper } from './ask-for-credential'
import { createGit, type Git } from './create-git'
import type { OpenCredentialPipe } from './credential-pipe'
import { namedPipe, nonceVariable, pipeVariable } from './named-credential-pipe'
import type { GitTarget } from './transport'

// Real processes on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const canary = 'canary-4be1d0b2c9'
const basic = Buffer.from(`me:${canary}`).toString('base64')
let root: string
let repositories: string

const target = (server: GitServer, path = 'o/app.git'): GitTarget => ({
  address: requireAddress(`${server.origin}/${path}`),
  transport: { kind: 'https', credential: { origin: server.origin, username: 'me', password: new Secret(canary) } },
})
const gitIn = (
  name: string,
  more: { readonly openPipe?: OpenCredentialPipe; readonly inherited?: NodeJS.ProcessEnv } = {},
): Git => createGit({ folder: join(root, name), gitPath: () => null, credentialHelper: [], ...more })

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'no-trace-'))
  repositories = join(root, 'repositories')
  await seedRepository(repositories, 'o/app.git', {
    commits: [{ subject: 'One', files: { 'a.txt': 'x'.repeat(50_000) } }],
  })
})
afterAll(() => rm(root, { recursive: true }))

describe('the token', () => {
  it('is found by the watch where it could leak', async () => {
    const folder = join(root, 'control')
    await mkdir(folder)
    const script = 'require("fs").writeFileSync(process.argv[1], process.env.LEAK);process.stdin.resume()'
    const watch = watchProcesses([canary], [folder])
    const child = spawn(process.execPath, ['-e', script, join(folder, 'leak'), canary], { env: { LEAK: canary } })
    await expect.poll(async () => readdir(folder)).toEqual(['leak'])
    const { findings } = watch.stop()
    child.kill()
    await once(child, 'exit')
    expect(findings.map((where) => where.split(' ')[0]).sort()).toEqual(['argv', 'environment', 'file'])
  })

  it.each([
    ['quick check', (git: Git, at: GitTarget) => git.listBranches(at)],
    ['test clone', (git: Git, at: GitTarget) => git.testClone(at)],
    ['full clone', (git: Git, at: GitTarget) => git.fullClone(at, join(root, 'full'))],
  ])('stands in no argument, environment or file during a %s', async (name, act) => {
    const server = await startGitServer({ root: repositories, credential: { username: 'me', password: canary } })
    const folder = name.replace(' ', '-')
    const watch = watchProcesses([canary, basic], [join(root, folder), join(root, 'full')])
    await act(gitIn(folder), target(server))
    const { findings, programs, rounds } = watch.stop()
    await server.close()
    expect(findings).toEqual([])
    expect([...programs]).toEqual(expect.arrayContaining(['git', 'git-remote-http']))
    expect(rounds).toBeGreaterThan(5)
    expect(server.requests.some(({ authorization }) => authorization === `Basic ${basic}`)).toBe(true)
  })

  it.each([301, 302, 303, 307, 308])('goes to no other host after a %i', async (status) => {
    const other = await startGitServer({ root: repositories, address: '127.0.0.2' })
    const server = await startGitServer({
      root: repositories,
      instead: ({ path }) => ({ kind: 'answer', status, headers: { location: `${other.origin}${path}` } }),
    })
    for (const act of [gitIn('redirect').listBranches, gitIn('redirect').testClone]) {
      await expect(act(target(server))).rejects.toMatchObject({ code: 'moved' })
    }
    expect(other.requests).toEqual([])
    await server.close()
    await other.close()
  })

  it('goes to no other host that asks for it after the first has', async () => {
    const other = await startGitServer({
      root: repositories,
      address: '127.0.0.2',
      credential: { username: 'a', password: 'b' },
    })
    const server = await startGitServer({
      root: repositories,
      instead: ({ path, authorization }) =>
        authorization === null
          ? { kind: 'answer', status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }
          : { kind: 'answer', status: 302, headers: { location: `${other.origin}${path}` } },
    })
    await expect(gitIn('redirect').listBranches(target(server))).rejects.toMatchObject({ code: 'moved' })
    expect(server.requests.at(-1)?.authorization).toBe(`Basic ${basic}`)
    expect(other.requests).toEqual([])
    await server.close()
    await other.close()
  })
})

describe('a hostile surrounding', () => {
  it('changes nothing: no program named by it runs and the call succeeds', async () => {
    const server = await startGitServer({ root: repositories, credential: { username: 'me', password: canary } })
    const evil = join(root, 'evil')
    const mark = join(root, 'mark')
    const template = join(root, 'template')
    await mkdir(join(template, 'hooks'), { recursive: true })
    const script = `#!/bin/sh\necho "$0" >> ${mark}\n`
    await writeFile(evil, script, { mode: 0o755 })
    for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change']) {
      await writeFile(join(template, 'hooks', hook), script, { mode: 0o755 })
    }
    const config = join(root, 'evil-config')
    await writeFile(
      config,
      `[core]\nfsmonitor = ${evil}\nhooksPath = ${template}/hooks\nsshCommand = ${evil}\nalternateRefsCommand = ${evil}
[credential]\nhelper = ${evil}\n[init]\ntemplateDir = ${template}\n[url "file:///etc/"]\ninsteadOf = ${server.origin}/
[http]\nproxy = http://127.0.0.1:1\nextraHeader = X-Evil: 1\n[filter "lfs"]\nsmudge = ${evil}\nrequired = true\n`,
    )
    const home = join(root, 'evil-home')
    await mkdir(home)
    await writeFile(join(home, '.gitconfig'), await readFile(config))
    const inherited = {
      PATH: process.env.PATH,
      ...{ HOME: home, XDG_CONFIG_HOME: home, EDITOR: evil, PAGER: evil, GIT_EDITOR: evil, GIT_PAGER: evil },
      ...{ GIT_ASKPASS: evil, SSH_ASKPASS: evil, GIT_SSH_COMMAND: evil, GIT_SSH: evil, GIT_PROXY_COMMAND: evil },
      ...{ GIT_CONFIG_GLOBAL: config, GIT_CONFIG_SYSTEM: config, GIT_TEMPLATE_DIR: template, GIT_DIR: root },
      ...{ GIT_CONFIG_PARAMETERS: `'core.hooksPath'='${template}/hooks'`, GIT_EXEC_PATH: root, GIT_TRACE: mark },
      ...{ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.fsmonitor', GIT_CONFIG_VALUE_0: evil },
      ...{ http_proxy: 'http://127.0.0.1:1', all_proxy: 'http://127.0.0.1:1', GIT_EXTERNAL_DIFF: evil },
      ...{ GIT_TRACE_CURL: mark, GIT_SSL_NO_VERIFY: '1', LD_PRELOAD: evil, LANG: 'de_DE.UTF-8', LANGUAGE: 'de' },
    }
    const git = gitIn('hostile', { inherited })
    await git.listBranches(target(server))
    await git.testClone(target(server))
    await git.fullClone(target(server), join(root, 'hostile-full'))
    await server.close()
    await expect(readFile(mark)).rejects.toMatchObject({ code: 'ENOENT' })
    expect(await readdir(join(root, 'hostile-full', '.git'))).not.toContain('hooks')
  })

  it('has no say through a repository around the app folder', async () => {
    const server = await startGitServer({ root: repositories })
    const around = join(root, 'around')
    await mkdir(around)
    await prepare(around, 'init', '-q')
    await prepare(around, 'config', `url.file:///etc/.insteadOf`, `${server.origin}/`)
    await prepare(around, 'config', 'http.proxy', 'http://127.0.0.1:1')
    const git = createGit({ folder: join(around, 'app'), gitPath: () => null, credentialHelper: [] })
    expect(await git.listBranches(target(server))).toHaveLength(1)
    await server.close()
  })

  it('keeps submodules, links and attributes of a repository from doing anything', async () => {
    const outside = join(root, 'outside')
    await seedRepository(repositories, 'o/evil.git', {
      commits: [
        {
          subject: 'Evil',
          files: {
            '.gitattributes': '* filter=lfs diff=evil merge=evil\n',
            '.gitmodules': `[submodule "s"]\n\tpath = s\n\turl = ${repositories}/o/app.git\n\tupdate = checkout\n`,
            '.lfsconfig': '[lfs]\n\turl = http://127.0.0.1:1\n',
            'a.txt': 'a',
          },
        },
      ],
      staged: async (work) => {
        await symlink(outside, join(work, 'link'))
        await prepare(work, 'add', 'link')
        await prepare(work, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},s`)
      },
    })
    const server = await startGitServer({ root: repositories })
    const watch = watchProcesses(['git-lfs', 'submodule--helper', 'submodule update'], [])
    await gitIn('inert').testClone(target(server, 'o/evil.git'))
    const folder = join(root, 'inert-full')
    await gitIn('inert').fullClone(target(server, 'o/evil.git'), folder)
    const { findings } = watch.stop()
    await server.close()
    expect(findings).toEqual([])
    expect(await readdir(join(root, 'inert', 'work'))).toEqual([])
    // A kept clone has its link, as a link: nothing was written through it.
    expect((await readdir(folder)).sort()).toEqual([
      '.git',
      '.gitattributes',
      '.gitmodules',
      '.lfsconfig',
      'a.txt',
      'link',
      's',
    ])
    await expect(readdir(outside)).rejects.toMatchObject({ code: 'ENOENT' })
    expect(await readdir(join(folder, 's'))).toEqual([])
  })
})

describe('the helper for Windows', () => {
  const helper = [
    process.execPath,
    '--import',
    createRequire(import.meta.url).resolve('tsx'),
    join(import.meta.dirname, '../testing/credential-asker.ts'),
  ]

  it('brings the token to git over a named pipe and leaves no trace', async () => {
    const server = await startGitServer({ root: repositories, credential: { username: 'me', password: canary } })
    const git = gitIn('named', { openPipe: namedPipe({ helper, folder: `${root}/` }) })
    const watch = watchProcesses([canary, basic], [join(root, 'named')])
    expect(await git.listBranches(target(server))).toHaveLength(1)
    expect(watch.stop().findings).toEqual([])
    expect(server.requests.at(-1)?.authorization).toBe(`Basic ${basic}`)
    await server.close()
    expect((await readdir(root)).filter((name) => name.startsWith('cloudaipilot-'))).toEqual([])
  })

  const ask = async (environment: Readonly<Record<string, string>>, question: string, action = 'get') => {
    const output = new PassThrough()
    await runCredentialHelper(['app', '--credential-helper', action], environment, Readable.from([question]), output)
    return output.read()?.toString() ?? ''
  }

  it('answers the right origin, with the right number, once', async () => {
    const open = namedPipe({ helper, folder: `${root}/` })
    const pipe = await open({ origin: 'https://example.com:8443', username: 'me', password: new Secret(canary) })
    const right = 'protocol=https\nhost=example.com:8443\n'
    const wrong = { ...pipe.environment, [nonceVariable]: '0'.repeat(64) }
    expect(await ask(wrong, right)).toBe('')
    expect(await ask({ [pipeVariable]: pipe.environment[pipeVariable] ?? '' }, right)).toBe('')
    expect(await ask(pipe.environment, 'protocol=https\nhost=example.com\n')).toBe('')
    expect(await ask(pipe.environment, 'protocol=http\nhost=example.com:8443\n')).toBe('')
    expect(await ask(pipe.environment, `host=other.test\n${right}`)).toBe('')
    expect(await ask(pipe.environment, `${right}protocol=https\n`)).toBe('')
    expect(await ask(pipe.environment, right, 'store')).toBe('')
    expect(await ask(pipe.environment, right)).toBe(`username=me\npassword=${canary}\n`)
    expect(await ask(pipe.environment, right)).toBe('')
    await pipe.close()
  })
})
