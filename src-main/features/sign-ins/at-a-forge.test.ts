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
