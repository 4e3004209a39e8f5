import net from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startForge } from '../../e2e/forge/forge'
import { DIALECTS } from '../../e2e/forge/forge-state'
import { Failure } from '../../src-preload/contract/outcome'
import type { Fetch } from '../network/fetch'
import { makeCertificate } from '../testing/certificates'
import { testFetch } from '../testing/connection'
import { type LoopbackServer, listen, serveHttp, serveHttps } from '../testing/loopback-server'
import { createDetectHost } from './detect-host'
import { providers } from './registry'

const open: LoopbackServer[] = []
const keep = async (server: Promise<LoopbackServer>): Promise<string> => {
  open.push(await server)
  return (await server).url
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const detect = createDetectHost({ fetch: testFetch, providers, timeLimit: 1_000 })

const failure = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.catch((reason: unknown) => reason)
  if (error instanceof Failure) return error
  throw error
}

describe('known names', () => {
  const silent: Fetch = async (url) => {
    throw new Error(`${url} was asked.`)
  }
  it.each([
    ['github.com', 'https://github.com', 'github', null],
    ['https://www.github.com/ada/engine/tree/main', 'https://github.com', 'github', 'ada/engine'],
    ['git@github.com:ada/engine.git', 'https://github.com', 'github', 'ada/engine'],
    ['ssh://git@ssh.github.com:443/ada/engine.git', 'https://github.com', 'github', 'ada/engine'],
    ['octo.ghe.com', 'https://octo.ghe.com', 'github', null],
    ['https://gitlab.com/group/sub/app/-/tree/main', 'https://gitlab.com', 'gitlab', 'group/sub/app'],
    ['git@bitbucket.org:team/app.git', 'https://bitbucket.org', 'bitbucket', 'team/app'],
    ['https://codeberg.org/ada/engine.git', 'https://codeberg.org', 'gitea', 'ada/engine'],
  ])('%s', async (text, host, provider, repository) => {
    const found = await createDetectHost({ fetch: silent, providers })(text)
    expect(found).toEqual({ host, provider, repository, by: 'known-host' })
  })

  it('are whole names', async () => {
    for (const text of ['github.com.evil.example', 'notgithub.com', 'evil.example/github.com']) {
      await expect(createDetectHost({ fetch: silent, providers })(text)).rejects.toThrow('was asked')
    }
  })
})

describe.each(DIALECTS)('a server that speaks %s', (dialect) => {
  const provider = dialect === 'forgejo' ? 'gitea' : dialect

  it.each(['', '/git'])('is recognised, with "%s" before its paths', async (basePath) => {
    const forge = await startForge({ dialect, basePath })
    await forge.world.createRepository({ owner: 'ada', name: 'engine' })
    const expected = { host: forge.address, provider, by: 'api' }
    expect(await detect(forge.address)).toEqual({ ...expected, repository: null })
    expect(await detect(`${forge.address}/ada/engine.git`)).toEqual({ ...expected, repository: 'ada/engine' })
    await forge.close()
  })

  it('is recognised by git alone, when its API is closed to strangers', async () => {
    const forge = await startForge({ dialect })
    forge.faults.next({ match: /\/(api|2\.0)\//, times: Infinity, status: 403, body: 'Forbidden' })
    expect(await detect(`${forge.address}/ada/engine`)).toEqual({
      host: forge.address,
      provider,
      repository: 'ada/engine',
      by: 'git-realm',
    })
    await forge.close()
  })
})

describe('a forge that shows strangers nothing', () => {
  it.each([
    ['gitea', ''],
    ['gitea', '/git'],
    ['forgejo', '/git'],
    ['forgejo', '/code/forge'],
  ] as const)('%s at "%s" is recognised with its path', async (dialect, basePath) => {
    const forge = await startForge({ dialect, basePath, settings: { signInRequired: true } })
    const expected = { host: forge.address, provider: 'gitea', by: 'api' }
    expect(await detect(forge.address)).toMatchObject(expected)
    expect(await detect(`${forge.address}/ada/engine.git`)).toEqual({ ...expected, repository: 'ada/engine' })
    forge.faults.next({ match: /\/api\//, times: Infinity, status: 404, body: 'Not found' })
    const byGit = { ...expected, by: 'git-realm' }
    expect(await detect(forge.address)).toMatchObject(byGit)
    expect(await detect(`${forge.address}/ada/engine/src/branch/main`)).toMatchObject(byGit)
    expect(await detect(`${forge.address}/ada/engine.git`)).toEqual({ ...byGit, repository: 'ada/engine' })
    await forge.close()
  })
})

describe('something in front of a host', () => {
  const page = '<html><title>Sign in</title></html>'
  it.each<[string, number, Record<string, string>, string | undefined]>([
    [
      'an access login',
      302,
      { location: 'https://acme.cloudflareaccess.com/cdn-cgi/access/login' },
      'Cloudflare Access',
    ],
    ['a firewall', 403, { 'content-type': 'text/html', server: 'nginx' }, 'nginx'],
    ['a password', 401, { 'content-type': 'text/html', 'www-authenticate': 'Basic realm="Staging"' }, undefined],
    ['a captive portal', 200, { 'content-type': 'text/html' }, undefined],
  ])('is told: %s', async (_, status, headers, who) => {
    const url = await keep(serveHttp((__, response) => void response.writeHead(status, headers).end(page)))
    const { code, facts } = await failure(detect(`${url}/git`))
    expect([code, facts.who]).toEqual(['intermediary-answered', who])
  })
})

describe('a host that is none', () => {
  it('keeps the path that was typed, for a provider that is chosen by hand', async () => {
    const url = await keep(serveHttp((_, response) => void response.writeHead(404).end()))
    expect(await detect(`${url}/git/`)).toMatchObject({ host: `${url}/git`, by: 'none' })
    expect(await detect(`${url}/group/sub/app.git`)).toMatchObject({ host: url, by: 'none' })
  })

  it.each([
    ['a web site', 200, 'text/html', '<html>Hello</html>'],
    ['an API of something else', 200, 'application/json', '{"version":1}'],
    ['a broken server', 500, 'text/plain', 'Oops'],
    ['JSON that is none', 200, 'application/json', '{"version":'],
    ['a redirect to elsewhere', 302, 'text/plain', ''],
  ])('is %s: nothing is guessed', async (_, status, type, body) => {
    const url = await keep(
      serveHttp((__, response) => {
        response.writeHead(status, { 'content-type': type, location: 'https://elsewhere.example/' }).end(body)
      }),
    )
    if (status === 200 && body === '{"version":') expect((await failure(detect(url))).code).toBe('not-a-forge')
    else expect(await detect(url)).toEqual({ host: url, provider: null, repository: null, by: 'none' })
  })

  it('answers without end, and is given up within the limit', async () => {
    const url = await keep(serveHttp((_, response) => void response.write('x')))
    const limits: (number | undefined)[] = []
    const noting: typeof testFetch = (address, options) => {
      limits.push(options?.timeout)
      return testFetch(address, options)
    }
    expect((await failure(createDetectHost({ fetch: noting, providers, timeLimit: 300 })(url))).code).toBe('timed-out')
    expect(new Set(limits)).toEqual(new Set([300]))
  })

  it('does not answer or does not exist: that is told', async () => {
    const gone = await serveHttp(() => undefined)
    await gone.close()
    expect((await failure(detect(gone.url))).code).toBe('unreachable')
    const mute = await keep(listen(net.createServer((socket) => socket.end('220 smtp\r\n'))))
    expect((await failure(detect(mute))).code).toBe('not-a-forge')
    expect((await failure(detect('nobody.invalid'))).code).toMatch(/^(host-not-found|unreachable)$/)
  })

  it('shows a certificate that nobody trusts: that is told, with the certificate', async () => {
    const url = await keep(serveHttps(makeCertificate('git.example.org'), (_, response) => response.end()))
    expect(await failure(detect(url))).toMatchObject({
      code: 'certificate-untrusted',
      facts: { subject: 'CN=git.example.org, O=Example' },
    })
  })

  it('is an SSH server of some kind: it is taken as that', async () => {
    expect(await detect('git@127.0.0.1:group/sub/app.git')).toEqual({
      host: 'ssh://127.0.0.1',
      provider: null,
      repository: 'group/sub/app',
      by: 'ssh-address',
    })
  })

  it.each(['', 'two words', 'ftp://x', 'a\u0000b'])('is no address: %j', async (text) => {
    expect((await failure(detect(text))).code).toBe('invalid-input')
  })
})

describe('without credentials', () => {
  let headers: string[] = []
  beforeAll(() => {
    headers = []
  })
  it('asks as a stranger, also when the address brought some', async () => {
    const url = await keep(
      serveHttp((request, response) => {
        headers.push(request.headers.authorization ?? '')
        response.end()
      }),
    )
    await detect(url.replace('//', '//ada:secret@'))
    expect(headers.length).toBeGreaterThan(0)
    expect(new Set(headers)).toEqual(new Set(['']))
  })
})
