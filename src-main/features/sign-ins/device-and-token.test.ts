import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '../../../src-preload/contract/outcome'
import { issuerId } from '../../oauth/issuer-id'
import type { AuthorizationServer } from '../../testing/authorization-server'
import { account, type SignInBench, startSignInBench } from '../../testing/sign-in-bench'

let bench: SignInBench
let server: AuthorizationServer

beforeEach(async () => {
  bench = await startSignInBench()
  server = bench.server
})
afterEach(() => bench.close())

/** Lets the next question of the device flow be asked and answered. */
const poll = async () => {
  const asked = server.tokenRequests().length
  await vi.waitFor(() => {
    bench.clock.advance(5000)
    expect(server.tokenRequests().length).toBeGreaterThan(asked)
  })
}

describe('the device flow', () => {
  it('shows a code, waits, and connects when it was typed', async () => {
    const started = await bench.start({ way: 'device' })
    expect(started).toMatchObject({
      phase: 'waiting',
      way: 'device',
      road: null,
      otherRoads: [],
      userCode: 'WDJB-MJHT',
      verificationUri: `${server.host}/device`,
      opens: `${server.host}/device`,
    })
    expect(bench.opened).toEqual([`${server.host}/device`])
    await poll()
    expect(bench.now().phase).toBe('waiting')
    server.decide('granted')
    await poll()
    await vi.waitFor(() => expect(bench.now().phase).toBe('connected'))
    expect(bench.connected[0]).toMatchObject({ kind: 'oauth', redirectUri: null })
    expect(bench.showWindow).toHaveBeenCalledTimes(1)
  })

  it('ends when the person says no', async () => {
    await bench.start({ way: 'device' })
    server.decide('denied')
    await poll()
    await vi.waitFor(() => expect(bench.now()).toMatchObject({ phase: 'failed', failure: { code: 'access-denied' } }))
  })

  it('ends when the code has run out', async () => {
    await bench.start({ way: 'device' })
    bench.clock.advance(900_000)
    await vi.waitFor(() => expect(bench.now()).toMatchObject({ phase: 'failed', failure: { code: 'sign-in-expired' } }))
  })

  it('says that it is switched off, and begins nothing', async () => {
    server.reply({ status: 400, body: { error: 'device_flow_disabled' } })
    await expect(bench.start({ way: 'device' })).rejects.toMatchObject({ code: 'device-flow-disabled' })
    expect(await bench.signIns.handlers.current(undefined)).toBeNull()
  })

  it('opens no page of another host, and begins nothing', async () => {
    const body = { device_code: 'd', user_code: 'ABCD-EFGH', verification_uri: 'https://github.com/login/device' }
    server.reply({ status: 200, body: { ...body, expires_in: 900 } })
    await expect(bench.start({ way: 'device' })).rejects.toMatchObject({ code: 'sign-in-mismatch' })
    expect(bench.opened).toEqual([])
    expect(await bench.signIns.handlers.current(undefined)).toBeNull()
  })

  it('asks no more once it is cancelled', async () => {
    const { id } = await bench.start({ way: 'device' })
    await poll()
    await bench.signIns.handlers.cancel({ id })
    const asked = server.tokenRequests().length
    bench.clock.advance(60_000)
    expect(bench.clock.waiting).toBe(0)
    expect(server.tokenRequests()).toHaveLength(asked)
  })

  it('takes the place of the redirect, whose answer is then not taken any more', async () => {
    const { id } = await bench.start()
    const landed = await server.agree(bench.opened[0] ?? '')
    const changed = await bench.signIns.handlers.changeRoad({ id, road: 'device' })
    expect(changed).toMatchObject({ id, way: 'device', phase: 'waiting', userCode: 'WDJB-MJHT' })
    await bench.deliver(landed)
    expect(server.tokenRequests()).toEqual([])
    expect(bench.now()).toMatchObject({
      phase: 'waiting',
      userCode: 'WDJB-MJHT',
      failure: { code: 'sign-in-mismatch' },
    })
  })

  it('leaves the redirect as it was when it is not to be had', async () => {
    const { id } = await bench.start()
    server.reply({ status: 400, body: { error: 'device_flow_disabled' } })
    await expect(bench.signIns.handlers.changeRoad({ id, road: 'device' })).rejects.toMatchObject({
      code: 'device-flow-disabled',
    })
    await bench.deliver(await server.agree(bench.opened[0] ?? ''))
    expect(bench.now().phase).toBe('connected')
  })

  it('gives way to a redirect and stops asking', async () => {
    const { id } = await bench.start({ way: 'device' })
    const changed = await bench.signIns.handlers.changeRoad({ id, road: 'loopback' })
    expect(changed).toMatchObject({ way: 'redirect', road: 'loopback', userCode: null })
    expect(bench.clock.waiting).toBe(1)
    await bench.signIns.handlers.pasteBack({ id, address: await server.agree(bench.opened.at(-1) ?? '') })
    expect(bench.now().phase).toBe('connected')
    expect(server.tokenRequests()).toHaveLength(1)
  })
})

describe('a token', () => {
  const connect = (token: string, more: object = {}) =>
    bench.signIns.handlers.connectWithToken({
      provider: 'test',
      host: server.host,
      token,
      username: '',
      reconnects: null,
      ...more,
    })

  it('connects', async () => {
    const done = await connect(' abcdefghijklmnop\n', { username: ' ada ' })
    expect(done).toMatchObject({ way: 'token', phase: 'connected', login: 'ada', accountId: account.id })
    expect(bench.announced.map(({ phase }) => phase)).toEqual(['checking', 'connected'])
    const [credential] = bench.connected
    if (credential?.kind !== 'token') throw new Error(credential?.kind)
    expect(credential.token.reveal()).toBe('abcdefghijklmnop')
    expect(credential.username).toBe('ada')
    expect(JSON.stringify(bench.announced)).not.toContain('abcdefghijklmnop')
  })

  it('ends with what the provider said about it', async () => {
    bench.connectWith = async () => {
      throw new Failure('auth-revoked', { host: 'git.example' })
    }
    expect(await connect('abcdefghijklmnop')).toMatchObject({ phase: 'failed', failure: { code: 'auth-revoked' } })
  })

  it('is looked at before anybody is asked, and nothing under way is lost by it', async () => {
    const started = await bench.start()
    await expect(connect('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI')).rejects.toMatchObject({
      code: 'token-kind-refused',
      facts: { kind: 'ssh-key' },
    })
    expect(bench.connected).toEqual([])
    expect(await bench.signIns.handlers.current(undefined)).toEqual(started)
  })
})

describe('what can be chosen', () => {
  it('lists the providers', async () => {
    expect((await bench.signIns.handlers.providers(undefined)).map(({ id }) => id)).toEqual(['test'])
  })

  it('says how to sign in, what to register, and what is missing', async () => {
    bench.client = null
    const options = await bench.signIns.handlers.options({ provider: 'test', host: server.host, deploys: false })
    expect(options).toMatchObject({
      host: server.host,
      ways: [
        { way: 'redirect', missing: 'client-id' },
        { way: 'device', missing: 'client-id' },
        { way: 'token', missing: null },
      ],
      token: { createUrl: `${server.host}/tokens/new`, scopes: ['read'] },
      registration: {
        callbacks: [bench.callback, `http://127.0.0.1/oauth-${issuerId(bench.server.host)}/callback`],
        needsSecret: false,
      },
      notes: ['insecure-http'],
    })
    await expect(bench.start()).rejects.toMatchObject({
      code: 'client-id-missing',
      facts: { provider: 'test', missing: 'client-id' },
    })
    await expect(bench.start({ way: 'device' })).rejects.toMatchObject({ code: 'client-id-missing' })
  })

  it('needs the secret for the redirect only', async () => {
    const { redirect } = bench.offer
    if (!redirect) throw new Error('No redirect')
    bench.offer = { ...bench.offer, redirect: { ...redirect, needsSecret: true } }
    const { ways } = await bench.signIns.handlers.options({ provider: 'test', host: server.host, deploys: false })
    expect(ways.map(({ missing }) => missing)).toEqual(['client-secret', null, null])
    await expect(bench.start()).rejects.toMatchObject({ facts: { missing: 'client-secret' } })
    expect((await bench.start({ way: 'device' })).phase).toBe('waiting')
  })

  it('leaves out what the provider does not have', async () => {
    const { device: _, token: __, ...offer } = bench.offer
    bench.offer = offer
    const { ways, token } = await bench.signIns.handlers.options({
      provider: 'test',
      host: 'Git.Example/owner/name',
      deploys: false,
    })
    expect(ways.map(({ way }) => way)).toEqual(['redirect'])
    expect(token).toBeNull()
    await expect(bench.start({ way: 'device' })).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await bench.start()).toMatchObject({ canUseDevice: false, canUseToken: false })
  })

  it.each([
    ['http://git.example', 'address-refused'],
    ['not a host', 'address-refused'],
  ])('refuses the host %j', async (host, code) => {
    await expect(bench.start({ host })).rejects.toMatchObject({ code })
    await expect(bench.signIns.handlers.options({ provider: 'test', host, deploys: false })).rejects.toMatchObject({
      code,
    })
  })

  it('does not know a provider that is not there', async () => {
    await expect(bench.start({ provider: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('somebody who is about to deploy', () => {
  const wide = ['api', 'read_repository']
  beforeEach(() => {
    bench.offer = { ...server.offer(), deployScopes: wide }
  })
  const asked = () => new URL(bench.opened.at(-1) ?? '').searchParams.get('scope')

  it('is asked for webhooks and deploy keys, and is told the scopes of a token', async () => {
    await bench.start({ deploys: true })
    await expect.poll(asked).toBe(wide.join(' '))
    const { token, notes } = await bench.signIns.handlers.options({
      provider: 'test',
      host: server.host,
      deploys: true,
    })
    expect(token?.scopes).toEqual(wide)
    expect(notes).toContain('for-deploys')
  })

  it('is asked for no more than reading before that', async () => {
    await bench.start()
    await expect.poll(asked).toBe('read write')
  })

  it('keeps what the account may when it is reconnected', async () => {
    bench.granted = [...wide, 'more']
    await bench.start({ reconnects: 'account' })
    await expect.poll(asked).toBe(wide.join(' '))
    bench.granted = ['read']
    await bench.start({ reconnects: 'account' })
    await expect.poll(asked).toBe('read write')
  })
})
