import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Settings } from '../../src-preload/contract/entities/settings'
import { Secret } from '../credentials/secret'
import { createCertificateBook, type StoredCertificate } from '../features/certificates/certificate-book'
import { openTarget } from '../features/clones/clone-source'
import { requireAddress } from '../git/address'
import { createGit, type Git } from '../git/create-git'
import { createProxyFor } from '../shell/system-proxy'
import { makeCertificate } from '../testing/certificates'
import { type ConnectProxy, startConnectProxy } from '../testing/connect-proxy'
import { seedRepository } from '../testing/git-repositories'
import { type GitServer, startGitServer } from '../testing/git-server'
import { memoryStore } from '../testing/memory-store'
import { createCertificateReader, createFetch } from './create-fetch'
import type { ProxyLogin } from './proxy/proxy-login'

vi.setConfig({ testTimeout: 30_000 })

// A forge that only the proxy can find, behind a certificate that only this person trusts: requests to its interface
// and git have to agree on both.
const origin = 'https://forge.test'
const password = 'token-that-no-proxy-may-see'

let root: string
let server: GitServer
let proxy: ConnectProxy
let git: Git
let proxySetting: Settings['proxy'] = { mode: 'manual', url: '' }
let systemSays = 'DIRECT'
let kept: ProxyLogin | null = null

const proxyFor = createProxyFor(
  () => ({ resolveProxy: async () => systemSays }),
  () => proxySetting,
)
const network = {
  userAgent: 'CloudAIPilot/test',
  proxyFor,
  proxyLogin: async () => kept,
  trustedCertificate: (host: string): string | null => book.pem(host),
}
let book: ReturnType<typeof createCertificateBook>

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'proxies-'))
  await seedRepository(join(root, 'repositories'), 'o/app.git', { commits: [{ subject: 'One', files: { a: '1' } }] })
  server = await startGitServer({
    root: join(root, 'repositories'),
    tls: makeCertificate('forge.test', null, false, ['forge.test']),
    credential: { username: 'me', password },
  })
  proxy = await startConnectProxy({ 'forge.test': Number(new URL(server.origin).port) })
  git = createGit({ folder: join(root, 'app'), gitPath: () => null, credentialHelper: [] })
  book = createCertificateBook({
    store: memoryStore<readonly StoredCertificate[]>([]),
    folder: join(root, 'trusted'),
    readPeer: createCertificateReader(network),
    now: Date.now,
  })
  proxySetting = { mode: 'manual', url: proxy.url }
  await book.trust('forge.test', (await book.look('forge.test')).sha256)
})
afterAll(async () => {
  await proxy.close()
  await server.close()
  await rm(root, { recursive: true })
})
afterEach(() => {
  proxy.refuse = null
  proxy.login = null
  proxy.offers = ['Basic realm="office"']
  kept = null
  systemSays = 'DIRECT'
})

/** Through connections of its own: a kept tunnel would not be asked for again. */
const byRequest = async () =>
  (
    await createFetch(network)(`${origin}/o/app.git/info/refs?service=git-upload-pack`, {
      headers: { authorization: `Basic ${Buffer.from(`me:${password}`).toString('base64')}` },
    })
  ).status

const byGit = async () => {
  const { target, close } = await openTarget(
    {
      access: {
        gitCredential: async () => ({ username: 'me', password: new Secret(password), origin }),
      },
      ssh: () => Promise.reject(new Error('Nobody asks for SSH')),
      network: { caFile: book.caFile, proxy: proxyFor, proxyLogin: async () => kept },
    },
    { accountId: 'me', address: requireAddress(`${origin}/o/app.git`), repository: null, keyId: null },
  )
  try {
    return (await git.listBranches(target)).length
  } finally {
    await close()
  }
}

const targetsOf = async (act: () => Promise<unknown>) => {
  const before = proxy.tunnels.length
  const end = await act().catch((error: unknown) => error)
  return { end, targets: new Set(proxy.tunnels.slice(before).map(({ target }) => target)) }
}

describe.each([
  ['a request', byRequest, 200],
  ['git', byGit, 1],
])('%s', (_, act, good) => {
  it('takes the proxy of the settings', async () => {
    proxySetting = { mode: 'manual', url: proxy.url }
    systemSays = 'PROXY 127.0.0.1:1'
    expect(await targetsOf(act)).toEqual({ end: good, targets: new Set(['forge.test:443']) })
  })

  it('takes the proxy of the system', async () => {
    proxySetting = { mode: 'system', url: 'http://127.0.0.1:1' }
    systemSays = `PROXY ${proxy.host}; DIRECT`
    expect(await targetsOf(act)).toEqual({ end: good, targets: new Set(['forge.test:443']) })
  })

  it('takes none when told so, whatever the system has', async () => {
    proxySetting = { mode: 'none', url: proxy.url }
    systemSays = `PROXY ${proxy.host}`
    const { end, targets } = await targetsOf(act)
    expect(targets).toEqual(new Set())
    expect(end).toMatchObject({ facts: { host: 'forge.test' } })
    expect(['host-not-found', 'unreachable', 'timed-out']).toContain((end as { code: string }).code)
  })

  it('names a proxy that wants a login', async () => {
    proxySetting = { mode: 'manual', url: proxy.url }
    proxy.refuse = 407
    const { end } = await targetsOf(act)
    expect(end).toMatchObject({ code: 'proxy-login', facts: { host: 'forge.test' } })
    expect((end as { facts: Record<string, string> }).facts.proxy).toContain(proxy.host)
  })

  it('logs in at a proxy by the login that is kept, and names one that is wrong', async () => {
    proxySetting = { mode: 'manual', url: proxy.host }
    proxy.login = { username: 'me@office', password: 'p:ä%40 word' }
    kept = { username: 'me@office', password: new Secret('p:ä%40 word') }
    expect(await targetsOf(act)).toEqual({ end: good, targets: new Set(['forge.test:443']) })
    kept = { username: 'me@office', password: new Secret('another') }
    expect((await targetsOf(act)).end).toMatchObject({ code: 'proxy-login', facts: { host: 'forge.test' } })
  })

  it('refuses a setting that holds a login, before anything is sent', async () => {
    proxySetting = { mode: 'manual', url: `http://me:secret@${proxy.host}` }
    const { end, targets } = await targetsOf(act)
    expect(end).toMatchObject({ code: 'invalid-input', facts: { field: 'proxy' } })
    expect(targets).toEqual(new Set())
  })
})

it('says what a proxy offers that takes no password, and does not send one', async () => {
  proxySetting = { mode: 'manual', url: proxy.url }
  proxy.refuse = 407
  proxy.offers = ['Negotiate', 'NTLM']
  kept = { username: 'me', password: new Secret('word') }
  const before = proxy.tunnels.length
  const { end } = await targetsOf(byRequest)
  expect(end).toMatchObject({ code: 'proxy-login', facts: { offers: 'Negotiate, NTLM', proxy: proxy.host } })
  expect(JSON.stringify(proxy.tunnels.slice(before))).not.toContain('authorization')
})

it('shows no proxy the credential', () => {
  expect(proxy.tunnels.length).toBeGreaterThan(4)
  const seen = JSON.stringify(proxy.tunnels)
  expect(seen).not.toContain(password)
  expect(seen).not.toMatch(/"authorization/i)
})
