import { execFile } from 'node:child_process'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { startForge } from './forge'
import { DIALECTS, type DialectId } from './forge-state'
import { gitEnvironment } from './git-storage'
import { localRequest } from './local-request'
import { startReceiver } from './receiver'

const run = promisify(execFile)
const scratch = await mkdtemp(join(tmpdir(), 'forge-test-'))
afterAll(() => rm(scratch, { recursive: true }))

/** How each provider is told to call a hook on every push. */
const HOOKS: Readonly<Record<DialectId, (url: string) => object>> = {
  github: (url) => ({ name: 'web', config: { url, content_type: 'json', secret: 's' }, events: ['push'] }),
  gitlab: (url) => ({ url, token: 's', push_events: true }),
  bitbucket: (url) => ({ url, description: 'x', events: ['repo:push'], active: true, secret: 's' }),
  gitea: (url) => ({ type: 'gitea', active: true, config: { url, content_type: 'json', secret: 's' } }),
  forgejo: (url) => ({ type: 'forgejo', active: true, config: { url, content_type: 'json', secret: 's' } }),
}
const HOOKS_PATH: Readonly<Record<DialectId, string>> = {
  github: '/repos/ada/app/hooks',
  gitlab: '/projects/ada%2Fapp/hooks',
  bitbucket: '/repositories/ada/app/hooks',
  gitea: '/repos/ada/app/hooks',
  forgejo: '/repos/ada/app/hooks',
}

describe.each(DIALECTS)('a forge that speaks %s', (dialect) => {
  it('calls a hook after a real push over http', async () => {
    const forge = await startForge({ dialect })
    const receiver = await startReceiver()
    await forge.world.createRepository({ owner: 'ada', name: 'app' })
    const token = forge.personalAccessToken({ user: 'ada' })
    const basic = Buffer.from(`ada@example.com:${token}`).toString('base64')
    const made = await localRequest(`${forge.apiUrl}${HOOKS_PATH[dialect]}`, {
      json: HOOKS[dialect](receiver.address),
      headers: { authorization: dialect === 'bitbucket' ? `Basic ${basic}` : `Bearer ${token}` },
    })
    expect(made.status).toBe(201)
    const work = join(scratch, dialect)
    const git = (args: readonly string[], cwd = work) =>
      run('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@example.com', ...args], {
        cwd,
        env: gitEnvironment({ HOME: scratch, GIT_TERMINAL_PROMPT: '0' }),
      })
    await git(['clone', '-q', `${forge.address.replace('//', `//ada:${token}@`)}/ada/app.git`, work], scratch)
    await writeFile(join(work, 'new.txt'), 'x'.repeat(2_000_000))
    await git(['add', '.'])
    await git(['commit', '-qm', 'More'])
    await git(['push', '-q'])
    const { stdout } = await git(['rev-parse', 'HEAD'])
    await expect.poll(() => receiver.received.some(({ body }) => body.includes(stdout.trim()))).toBe(true)
    expect(forge.problems).toEqual([])
    await forge.close()
    await receiver.close()
  })

  it('writes no secret into its log', async () => {
    const forge = await startForge({ dialect })
    const token = forge.personalAccessToken()
    const app = forge.oauthApp({ redirectUris: ['http://127.0.0.1/cb'] })
    const secrets = { client_secret: app.clientSecret, code: 'the-code', refresh_token: token }
    const form = { grant_type: 'authorization_code', client_id: app.clientId, ...secrets }
    for (const path of ['/login/oauth/access_token', '/oauth/token', '/site/oauth2/access_token']) {
      await localRequest(`${forge.address}${path}?access_token=${token}`, {
        form,
        headers: { authorization: `Bearer ${token}`, 'private-token': token },
      })
    }
    const log = JSON.stringify(forge.requests.all)
    for (const secret of [token, app.clientSecret, 'the-code']) expect(log).not.toContain(secret)
    expect(log).toContain(app.clientId)
    expect(log).toContain(forge.tokens('ada')[0]?.mark)
    await forge.close()
  })
})

describe('a forge', () => {
  it('speaks https under a path', async () => {
    const options = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1']
    const files = ['-keyout', join(scratch, 'key.pem'), '-out', join(scratch, 'cert.pem')]
    await run('openssl', ['req', ...options, '-addext', 'subjectAltName=IP:127.0.0.1', ...files])
    const [key, cert] = await Promise.all(
      ['key.pem', 'cert.pem'].map((name) => run('cat', [join(scratch, name)]).then(({ stdout }) => stdout)),
    )
    const forge = await startForge({ dialect: 'gitlab', basePath: '/git', tls: { key: key ?? '', cert: cert ?? '' } })
    expect(forge.address).toBe(`${forge.origin}/git`)
    expect(forge.origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    await forge.world.createRepository({ owner: 'flowmatic/compilers', name: 'lexer' })
    const token = forge.personalAccessToken()
    const headers = { 'private-token': token }
    const project = await localRequest(`${forge.apiUrl}/projects/flowmatic%2Fcompilers%2Flexer`, { headers })
    expect(project.json()).toMatchObject({ http_url_to_repo: `${forge.address}/flowmatic/compilers/lexer.git` })
    const url = `${forge.address.replace('//', `//oauth2:${token}@`)}/flowmatic/compilers/lexer.git`
    const env = gitEnvironment({ GIT_SSL_CAINFO: join(scratch, 'cert.pem') })
    expect((await run('git', ['ls-remote', url], { env })).stdout).toContain('refs/heads/main')
    expect((await localRequest(`${forge.origin}/api/v4/version`, { headers })).status).toBe(404)
    await forge.close()
  })

  it('lets tokens run out and revokes them', async () => {
    const forge = await startForge({ dialect: 'github' })
    const token = forge.personalAccessToken({ user: 'grace' })
    expect(forge.tokens('grace')).toMatchObject([{ kind: 'personal', state: 'live', expired: false, user: 'grace' }])
    expect(JSON.stringify(forge.tokens('grace'))).not.toContain(token)
    forge.expireTokens('grace')
    expect(forge.tokens('grace')).toMatchObject([{ state: 'live', expired: true }])
    forge.personalAccessToken({ user: 'grace' })
    forge.revokeTokens('grace')
    expect(forge.tokens('grace').map(({ state }) => state)).toEqual(['revoked', 'revoked'])
    await forge.close()
  })

  it('tells what was granted, and removes all its files', async () => {
    const forge = await startForge({ dialect: 'github', repositories: 10 })
    const app = forge.oauthApp({ redirectUris: ['http://127.0.0.1/cb'] })
    await forge.approve(`${forge.address}/login/oauth/authorize?client_id=${app.clientId}&scope=repo`, { as: 'ada' })
    expect(forge.grants('ada')).toEqual([{ clientId: app.clientId, scopes: ['repo'] }])
    const [row] = forge.world.repositories()
    if (!row) throw new Error('no row')
    const directory = await forge.world.git.directory(row)
    await access(directory)
    await forge.close()
    await expect(access(directory)).rejects.toThrow()
  })
})
