import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issuerId } from '../../oauth/issuer-id'
import type { EarlierUse } from '../../providers/provider'
import type { AuthorizationServer } from '../../testing/authorization-server'
import { loopbackFetch } from '../../testing/no-network'
import { type SignInBench, startSignInBench } from '../../testing/sign-in-bench'

let bench: SignInBench
let server: AuthorizationServer

beforeEach(async () => {
  bench = await startSignInBench()
  server = bench.server
})
afterEach(() => bench.close())

const announcing = { authorization_response_iss_parameter_supported: true }
const lastPage = () => bench.opened.at(-1) ?? ''
const redirectUri = () => new URL(lastPage()).searchParams.get('redirect_uri') ?? ''
const options = () => bench.signIns.handlers.options({ provider: 'test', host: server.host, deploys: false })

/** The OAuth app of the bench as one that an earlier version has stored. */
const registeredEarlier = (earlier?: EarlierUse) => {
  const { redirect } = bench.offer
  if (!redirect || !bench.client) throw new Error('No redirect')
  bench.client = { ...bench.client, callbacks: 'earlier' }
  bench.offer = { ...bench.offer, redirect: { ...redirect, ...(earlier && { earlier }) } }
}

describe('an answer at another address than the one that was named', () => {
  it.each([
    ['of all hosts, as it was', () => 'cloudaipilot://oauth/callback'],
    ['of another host', () => bench.callback.replace(/-\w{20}/, `-${issuerId('https://other.example')}`)],
  ])('is refused, and ends the sign-in: that %s', async (_, address) => {
    await bench.start()
    const landed = await server.agree(lastPage())
    await bench.deliver(landed.replace(bench.callback, address()))
    expect(bench.now()).toMatchObject({
      phase: 'failed',
      failure: { code: 'sign-in-mismatch', facts: { reason: 'callback' } },
    })
    await bench.deliver(landed)
    expect(server.received).toEqual([])
    expect(bench.connected).toEqual([])
    expect(await bench.vault.names()).toEqual([])
  })

  it('is refused by the loopback when its request named the deep link', async () => {
    const { id } = await bench.start()
    const byLink = await server.agree(lastPage())
    await bench.signIns.handlers.changeRoad({ id, road: 'loopback' })
    const page = await loopbackFetch(byLink.replace(bench.callback, redirectUri()))
    expect(page.status).toBe(400)
    expect(bench.now()).toMatchObject({ phase: 'failed', failure: { facts: { reason: 'callback' } } })
    expect(server.received).toEqual([])
  })

  it.each([
    ['scheme', (address: string) => address.replace('http:', 'https:')],
    ['host', (address: string) => address.replace('127.0.0.1', 'localhost')],
    ['port', (address: string) => address.replace(/:\d+\//, ':1/')],
    ['path', (address: string) => address.replace('/callback', '/callback/x')],
    ['case', (address: string) => address.replace('/callback', '/Callback')],
    ['percent-encoding', (address: string) => address.replace('/callback', '/%63allback')],
    ['login', (address: string) => address.replace('127', 'x@127')],
    ['road', () => bench.callback],
  ])('is refused when it is pasted: another %s', async (_, change) => {
    const { id } = await bench.start()
    await bench.signIns.handlers.changeRoad({ id, road: 'paste' })
    const landed = await server.agree(lastPage())
    const [address = '', query] = landed.split('?')
    const pasted = bench.signIns.handlers.pasteBack({ id, address: `${change(address)}?${query}` })
    await expect(pasted).rejects.toMatchObject({ code: 'sign-in-mismatch', facts: { reason: 'callback' } })
    expect(bench.now().phase).toBe('failed')
    expect(server.received).toEqual([])
  })

  it('is refused by the app that it starts', async () => {
    await bench.start()
    const landed = await server.agree(lastPage())
    bench.restart()
    await bench.deliver(landed.replace(bench.callback, 'cloudaipilot://oauth/callback'))
    await bench.deliver(landed)
    // Nor by the one after that: its state is spent.
    bench.restart()
    await bench.deliver(landed)
    expect(bench.connected).toEqual([])
    expect(server.received).toEqual([])
    expect(bench.notices[0]).toMatchObject({ detail: 'callback' })
    expect(await bench.vault.names()).toEqual([])
  })

  it('says what to register when the provider knows the app by the earlier one alone', async () => {
    await bench.start()
    const { state } = Object.fromEntries(new URL(lastPage()).searchParams)
    await bench.deliver(`cloudaipilot://oauth/callback?error=redirect_uri_mismatch&state=${state}`)
    expect(bench.now()).toMatchObject({
      phase: 'failed',
      failure: { code: 'callback-outdated', facts: { callback: bench.callback } },
    })
  })
})

describe('an OAuth app that was registered with the earlier callbacks', () => {
  it('goes on where they are one host’s alone', async () => {
    registeredEarlier({ deepLink: true, loopback: true, needsIssuer: false })
    await bench.start()
    expect(redirectUri()).toBe('cloudaipilot://oauth/callback')
    const landed = await server.agree(lastPage())
    bench.restart()
    await bench.deliver(landed)
    expect(bench.now().phase).toBe('connected')
    bench.ownsScheme = false
    await bench.start()
    expect(redirectUri()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback\/test$/)
  })

  it.each([
    ['a host that may not use them', undefined],
    ['a host that does not name itself', { deepLink: false, loopback: true, needsIssuer: true }],
  ] as const)('is told which callback to register, at %s', async (_, earlier) => {
    registeredEarlier(earlier)
    await expect(bench.start()).rejects.toMatchObject({
      code: 'callback-outdated',
      facts: { host: new URL(server.host).host, callback: bench.callback },
    })
    expect((await options()).ways).toMatchObject([
      { way: 'redirect', missing: 'callback' },
      { way: 'device', missing: null },
      { way: 'token', missing: null },
    ])
    expect((await options()).registration?.callbacks[0]).toBe(bench.callback)
    expect(bench.opened).toEqual([])
    if (bench.client) bench.client = { ...bench.client, callbacks: 'own' }
    await bench.start()
    expect(redirectUri()).toBe(bench.callback)
  })

  it('goes on at a host that names itself, which then has to', async () => {
    registeredEarlier({ deepLink: false, loopback: true, needsIssuer: true })
    server.metadata = announcing
    expect((await options()).ways[0]).toMatchObject({ way: 'redirect', missing: null })
    const { id } = await bench.start()
    expect(redirectUri()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback\/test$/)
    const named = `${await server.agree(lastPage())}&iss=${encodeURIComponent(server.host)}`
    expect(await bench.signIns.handlers.pasteBack({ id, address: named })).toMatchObject({ phase: 'connected' })
    const again = await bench.start()
    const unnamed = await server.agree(lastPage())
    expect(await bench.signIns.handlers.pasteBack({ id: again.id, address: unnamed })).toMatchObject({
      phase: 'failed',
      failure: { code: 'sign-in-mismatch', facts: { reason: 'issuer-missing' } },
    })
  })
})

describe('a host that names itself', () => {
  const iss = () => `&iss=${encodeURIComponent(server.host)}`

  it('has to from then on, also after a restart', async () => {
    await bench.start()
    await bench.deliver((await server.agree(lastPage())) + iss())
    expect(bench.now().phase).toBe('connected')
    bench.restart()
    await bench.start()
    await bench.deliver(await server.agree(lastPage()))
    expect(bench.now()).toMatchObject({ phase: 'failed', failure: { facts: { reason: 'issuer-missing' } } })
    expect(server.tokenRequests()).toHaveLength(1)
    await bench.start()
    await bench.deliver((await server.agree(lastPage())) + iss())
    expect(bench.now().phase).toBe('connected')
  })

  it('has to at once when it announces that it does, also when the app was closed meanwhile', async () => {
    server.metadata = announcing
    await bench.start()
    await bench.deliver(await server.agree(lastPage()))
    expect(bench.now()).toMatchObject({ phase: 'failed', failure: { facts: { reason: 'issuer-missing' } } })
    await bench.start()
    const landed = await server.agree(lastPage())
    bench.restart()
    await bench.deliver(landed)
    expect(bench.now()).toMatchObject({ phase: 'failed', failure: { facts: { reason: 'issuer-missing' } } })
    expect(server.received).toEqual([])
  })

  it('may not name itself twice, nor another', async () => {
    await bench.start()
    await bench.deliver((await server.agree(lastPage())) + iss() + iss())
    expect(bench.now()).toMatchObject({ phase: 'waiting', failure: { facts: { reason: 'repeated-parameter' } } })
    await bench.deliver(`${await server.agree(lastPage())}&iss=https%3A%2F%2Fevil.example`)
    expect(bench.now()).toMatchObject({ phase: 'failed', failure: { facts: { reason: 'issuer' } } })
    expect(server.received).toEqual([])
  })
})
