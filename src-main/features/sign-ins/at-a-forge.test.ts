import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Forge, startForge } from '../../../e2e/forge/forge'
import { newVisitor } from '../../../e2e/forge/visitor'
import { Secret } from '../../credentials/secret'
import { callbacksToRegister } from '../../oauth/callbacks'
import { refreshCredential } from '../../oauth/refresh'
import { findProvider } from '../../providers/registry'
import { testFetch } from '../../testing/connection'
import { loopbackFetch } from '../../testing/no-network'
import { type SignInBench, startSignInBench } from '../../testing/sign-in-bench'

let forge: Forge
let bench: SignInBench

beforeAll(async () => {
  forge = await startForge({ dialect: 'github', settings: { deviceInterval: 1 } })
})
afterAll(async () => {
  expect(forge.problems).toEqual([])
  await forge.close()
})
beforeEach(async () => {
  bench = await startSignInBench()
})
afterEach(() => bench.close())

const register = (spec: Partial<Parameters<Forge['oauthApp']>[0]> = {}) => {
  const provider = findProvider('github')
  if (!provider) throw new Error('No such provider')
  const { redirect } = provider.signIn(forge.address)
  const redirectUris = redirect ? callbacksToRegister(forge.address, redirect) : []
  const app = forge.oauthApp({ redirectUris, deviceFlow: true, ...spec })
  bench.provider = provider
  bench.client = { clientId: app.clientId, clientSecret: new Secret(app.clientSecret) }
  return { ...app, provider }
}

const start = (way: 'redirect' | 'device' = 'redirect') => bench.start({ host: forge.address, way })

/** Who the forge says the credential belongs to. */
const whose = async (): Promise<unknown> => {
  const credential = bench.connected.at(-1)
  if (credential?.kind !== 'oauth') throw new Error('Nothing was connected')
  const answer = await loopbackFetch(`${forge.apiUrl}/user`, {
    headers: { authorization: `Bearer ${credential.accessToken.reveal()}`, 'user-agent': 'test' },
  })
  const { login } = (await answer.json()) as { readonly login?: unknown }
  return login
}

describe('at a server that speaks the dialect of GitHub', () => {
  it('comes back by the deep link', async () => {
    register()
    await start()
    await bench.deliver(await forge.approve(bench.opened[0] ?? '', { as: 'ada' }))
    expect(bench.now()).toMatchObject({ phase: 'connected', failure: null })
    expect(await whose()).toBe('ada')
  })

  it('comes back to the port of this computer', async () => {
    register()
    bench.ownsScheme = false
    expect(await start()).toMatchObject({ road: 'loopback' })
    await loopbackFetch(await forge.approve(bench.opened[0] ?? '', { as: 'grace' }))
    await vi.waitFor(() => expect(bench.now().phase).toBe('connected'))
    expect(await whose()).toBe('grace')
  })

  it('ends plainly when the person presses Cancel', async () => {
    register()
    await start()
    await bench.deliver(await forge.approve(bench.opened[0] ?? '', { as: 'ada', deny: true }))
    expect(bench.now()).toMatchObject({ phase: 'failed', failure: { code: 'access-denied' } })
  })

  it('sees errors behind status 200: a wrong secret, and an address that is not registered', async () => {
    const { clientId } = register()
    bench.client = { clientId, clientSecret: new Secret('wrong') }
    await start()
    await bench.deliver(await forge.approve(bench.opened[0] ?? '', { as: 'ada' }))
    expect(bench.now()).toMatchObject({
      phase: 'failed',
      failure: { code: 'client-rejected', facts: { error: 'incorrect_client_credentials' } },
    })
    register({ redirectUris: ['cloudaipilot://elsewhere/callback'] })
    await start()
    const { address } = await newVisitor().open(bench.opened.at(-1) ?? '')
    await bench.deliver(address)
    expect(bench.now()).toMatchObject({ phase: 'waiting', failure: { code: 'sign-in-mismatch' } })
  })

  it('lets a device in by its code, without the secret', async () => {
    const { clientId } = register()
    bench.client = { clientId, clientSecret: null }
    const { userCode, verificationUri } = await start('device')
    const browser = newVisitor()
    await browser.open(verificationUri ?? '')
    await browser.press('Sign in', { login: 'ada', password: 'password' })
    const visit = await browser.press('Continue', { user_code: userCode ?? '' })
    await browser.press(visit.buttons.find((button) => /authorize/i.test(button)) ?? 'Authorize')
    forge.clock.advance(5000)
    await vi.waitFor(() => {
      bench.clock.advance(1000)
      expect(bench.now().phase).toBe('connected')
    })
    expect(await whose()).toBe('ada')
  })

  it('says that the device flow is switched off', async () => {
    register({ deviceFlow: false })
    await expect(start('device')).rejects.toMatchObject({ code: 'device-flow-disabled' })
  })

  it('renews a single-use pair, and knows a dead one', async () => {
    const { provider, clientId } = register({ kind: 'github-app' })
    await start()
    await bench.deliver(await forge.approve(bench.opened[0] ?? '', { as: 'ada' }))
    const [first] = bench.connected
    if (first?.kind !== 'oauth') throw new Error('Nothing was connected')
    expect(first.scopes).toBeNull()
    expect(first.refreshExpiresAt).toBeGreaterThan(first.expiresAt ?? Number.POSITIVE_INFINITY)
    const parts = {
      offer: provider.signIn(forge.address, clientId),
      host: forge.address,
      fetch: testFetch,
      now: Date.now,
    }
    const second = await refreshCredential(parts, first, bench.client)
    expect(second.accessToken.reveal()).not.toBe(first.accessToken.reveal())
    await expect(refreshCredential(parts, first, bench.client)).rejects.toMatchObject({ code: 'auth-expired' })
    expect((await refreshCredential(parts, second, bench.client)).kind).toBe('oauth')
  })
})

describe('at a Forgejo that keeps a grant to its first scopes', () => {
  let forgejo: Forge
  beforeAll(async () => {
    forgejo = await startForge({ dialect: 'forgejo' })
  })
  afterAll(async () => {
    expect(forgejo.problems).toEqual([])
    await forgejo.close()
  })
  beforeEach(() => {
    const provider = findProvider('gitea')
    const { redirect } = provider?.signIn(forgejo.address) ?? {}
    if (!provider || !redirect) throw new Error('No such provider')
    const { clientId } = forgejo.oauthApp({
      redirectUris: callbacksToRegister(forgejo.address, redirect),
      confidential: false,
    })
    bench.provider = provider
    bench.client = { clientId, clientSecret: null }
  })

  /** Goes through the page that was opened last, and brings the answer back as a browser does. */
  const agree = async () => {
    await loopbackFetch(await forgejo.approve(bench.opened.at(-1) ?? '', { as: 'ada' }))
  }
  const signIn = async (more: { reconnects?: string; deploys?: boolean } = {}) => {
    await bench.start({ host: forgejo.address, way: 'redirect', ...more })
    await agree()
  }
  const applications = () => `${forgejo.address}/user/settings/applications`

  it('sends the person to remove it, and goes on by itself once it is gone', async () => {
    await signIn()
    await vi.waitFor(() => expect(bench.now().phase).toBe('connected'))
    await signIn({ reconnects: 'account-1', deploys: true })
    await vi.waitFor(() =>
      expect(bench.now()).toMatchObject({ phase: 'waiting', opens: applications(), failure: { code: 'grant-exists' } }),
    )
    expect(bench.opened.at(-1)).toBe(applications())
    const before = bench.opened.length
    bench.clock.advance(3000)

    const browser = newVisitor()
    await browser.open(applications())
    await browser.press('Sign in', { login: 'ada', password: 'password' })
    while (browser.visit?.buttons.includes('Revoke')) await browser.press('Revoke')
    bench.tokenWorks = false
    await vi.waitFor(() => {
      bench.clock.advance(3000)
      expect(bench.opened.length).toBe(before + 1)
    })
    expect(bench.now()).toMatchObject({ phase: 'waiting', failure: null, deploys: true })
    await agree()
    await vi.waitFor(() => expect(bench.now().phase).toBe('connected'))
    // The host names no scopes in its answers, so those that were asked for are granted: the next sign-in asks for the same.
    expect(bench.connected.map((credential) => credential.kind === 'oauth' && credential.scopes)).toEqual([
      ['read:user', 'read:repository'],
      ['read:user', 'write:repository'],
    ])
  })

  it('says what to do where no token tells that it is gone, and stops looking when it is left', async () => {
    await signIn()
    await vi.waitFor(() => expect(bench.now().phase).toBe('connected'))
    await signIn({ deploys: true })
    await vi.waitFor(() => expect(bench.now()).toMatchObject({ phase: 'failed', failure: { code: 'grant-exists' } }))
    expect(bench.opened.at(-1)).toBe(applications())

    await signIn({ reconnects: 'account-1', deploys: true })
    await vi.waitFor(() => expect(bench.now().failure?.code).toBe('grant-exists'))
    await bench.signIns.handlers.cancel({ id: bench.now().id })
    const opened = bench.opened.length
    bench.tokenWorks = false
    bench.clock.advance(60_000)
    expect(bench.now().phase).toBe('cancelled')
    expect(bench.opened).toHaveLength(opened)
  })
})
