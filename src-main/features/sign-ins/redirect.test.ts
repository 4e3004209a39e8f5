import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { issuerId } from '../../oauth/issuer-id'
import type { AuthorizationServer } from '../../testing/authorization-server'
import { loopbackFetch } from '../../testing/no-network'
import { account, type SignInBench, startSignInBench } from '../../testing/sign-in-bench'

let bench: SignInBench
let server: AuthorizationServer

beforeEach(async () => {
  bench = await startSignInBench()
  server = bench.server
})
afterEach(() => bench.close())

const lastPage = () => bench.opened.at(-1) ?? ''
const redirectUri = () => new URL(lastPage()).searchParams.get('redirect_uri') ?? ''

describe('by deep link', () => {
  it('goes to the browser and comes back connected', async () => {
    const started = await bench.start()
    expect(started).toMatchObject({
      phase: 'waiting',
      way: 'redirect',
      road: 'deep-link',
      otherRoads: ['loopback', 'paste'],
      opens: `${server.host}/oauth/authorize`,
      canUseDevice: true,
      canUseToken: true,
      expiresAt: bench.clock.now() + 600_000,
      failure: null,
    })
    expect(bench.opened).toHaveLength(1)
    expect(redirectUri()).toBe(bench.callback)
    await bench.deliver(await server.agree(lastPage()))
    expect(bench.announced.map(({ phase }) => phase)).toEqual(['waiting', 'exchanging', 'checking', 'connected'])
    expect(bench.now()).toMatchObject({ id: started.id, accountId: account.id, login: 'ada', expiresAt: null })
    expect(bench.connected).toHaveLength(1)
    expect(bench.showWindow).toHaveBeenCalledTimes(1)
    expect(server.tokenRequests()).toHaveLength(1)
    expect(await bench.signIns.handlers.current(undefined)).toMatchObject({ id: started.id, phase: 'connected' })
    await bench.signIns.handlers.cancel({ id: started.id })
    expect(await bench.signIns.handlers.current(undefined)).toBeNull()
    expect(await bench.vault.names()).toEqual([])
  })

  it('never tells the window a code, a state, a verifier or a token', async () => {
    await bench.start()
    const landed = await server.agree(lastPage())
    await bench.deliver(landed)
    const told = JSON.stringify([bench.announced, bench.logged, bench.notices])
    const { code, state } = Object.fromEntries(new URL(landed).searchParams)
    const verifier = server.tokenRequests()[0]?.fields.get('code_verifier')
    for (const secret of [code, state, verifier, server.issued.accessToken, server.issued.refreshToken]) {
      expect(secret?.length).toBeGreaterThan(10)
      expect(told).not.toContain(secret)
    }
  })

  it('adds the number of repositories when it is known', async () => {
    await bench.start()
    await bench.deliver(await server.agree(lastPage()))
    bench.signIns.noteRepositoryCount('another', 7)
    expect(bench.now().repositoryCount).toBeNull()
    bench.signIns.noteRepositoryCount(account.id, 214)
    expect(bench.now()).toMatchObject({ phase: 'connected', repositoryCount: 214 })
  })

  it('asks once when the same link comes twice, at the same moment or later', async () => {
    await bench.start()
    const landed = await server.agree(lastPage())
    await Promise.all([bench.deliver(landed), bench.deliver(landed)])
    await bench.deliver(landed)
    expect(server.tokenRequests()).toHaveLength(1)
    expect(bench.connected).toHaveLength(1)
    expect(bench.now().phase).toBe('connected')
    expect(bench.showWindow).toHaveBeenCalledTimes(1)
  })

  it('leaves a quiet notice when nothing waits, and opens nothing', async () => {
    await bench.deliver(`${bench.callback}?code=a&state=b`)
    await bench.deliver(`${bench.callback}?code=a&state=c`)
    expect(bench.notices).toEqual([{ kind: 'deep-link-ignored', detail: 'unknown' }])
    expect(bench.showWindow).not.toHaveBeenCalled()
    expect(bench.announced).toEqual([])
    expect(server.received).toEqual([])
  })

  it.each([
    ['a state of nobody', 'code=a&state=nobodys', 'unknown'],
    ['two codes', 'code=a&code=b&state=x', 'repeated-parameter'],
    ['no state', 'code=a', 'missing-parameter'],
  ])('says so and goes on waiting after %s', async (_, query, reason) => {
    await bench.start()
    await bench.deliver(`${bench.callback}?${query}`)
    expect(bench.now()).toMatchObject({ phase: 'waiting', failure: { code: 'sign-in-mismatch', facts: { reason } } })
    expect(server.received).toEqual([])
    await bench.deliver(await server.agree(lastPage()))
    expect(bench.now().phase).toBe('connected')
  })

  it('says so when a state was used for an earlier sign-in', async () => {
    await bench.start()
    const landed = await server.agree(lastPage())
    await bench.deliver(landed)
    await bench.start()
    await bench.deliver(landed)
    expect(bench.now()).toMatchObject({ phase: 'waiting', failure: { facts: { reason: 'spent' } } })
    expect(server.tokenRequests()).toHaveLength(1)
  })

  it('ends when the person says no', async () => {
    await bench.start()
    await bench.deliver(await server.agree(lastPage(), { error: 'access_denied' }))
    expect(bench.now()).toMatchObject({ phase: 'failed', failure: { code: 'access-denied' } })
    expect(server.received).toEqual([])
    expect((await bench.signIns.handlers.current(undefined))?.phase).toBe('failed')
  })

  it('ends when the answer is of another issuer', async () => {
    await bench.start()
    await bench.deliver(await server.agree(lastPage(), { code: 'a', iss: 'https://evil.example' }))
    expect(bench.now()).toMatchObject({ phase: 'failed', failure: { code: 'sign-in-mismatch' } })
    expect(server.received).toEqual([])
  })

  it('is over after ten minutes', async () => {
    await bench.start()
    const landed = await server.agree(lastPage())
    bench.clock.advance(600_000)
    expect(bench.now()).toMatchObject({ phase: 'failed', failure: { code: 'sign-in-expired' } })
    await bench.deliver(landed)
    expect(server.received).toEqual([])
    expect(bench.notices).toHaveLength(1)
  })

  it('shows what the provider answered to the code', async () => {
    await bench.start()
    server.reply({ status: 500, body: 'oops' })
    await bench.deliver(await server.agree(lastPage()))
    expect(bench.now()).toMatchObject({ phase: 'failed', failure: { code: 'server-error' } })
  })

  it('takes no defect for a failure of somebody else', async () => {
    bench.connectWith = async () => {
      throw new TypeError('x is not a function')
    }
    await bench.start()
    await bench.deliver(await server.agree(lastPage()))
    expect(bench.now()).toMatchObject({ phase: 'failed', failure: { code: 'unexpected' } })
    expect(bench.logged).toContain('A sign-in ended unexpectedly')
  })
})

describe('after the app was closed meanwhile', () => {
  it('goes on with the answer that starts it', async () => {
    const { id } = await bench.start({ reconnects: 'account-1' })
    const landed = await server.agree(lastPage())
    expect(await bench.vault.names()).toEqual(['sign-in/pending'])
    bench.restart()
    await bench.deliver(landed)
    expect(bench.now()).toMatchObject({ id, phase: 'connected', reconnects: 'account-1' })
    expect(await bench.vault.names()).toEqual([])
    bench.restart()
    await bench.deliver(landed)
    expect(server.tokenRequests()).toHaveLength(1)
  })

  it('has removed the request from the disk before the code is exchanged', async () => {
    await bench.start()
    const landed = await server.agree(lastPage())
    bench.restart()
    const kept: (readonly string[])[] = []
    bench.connectWith = async () => {
      kept.push(await bench.vault.names())
      return { kind: 'connected', account, repositoryCount: null }
    }
    await bench.deliver(landed)
    expect(kept).toEqual([[]])
  })

  it('takes neither a foreign answer nor one that comes too late', async () => {
    await bench.start()
    const landed = await server.agree(lastPage())
    bench.restart()
    await bench.deliver(`${bench.callback}?code=a&state=b`)
    bench.clock.advance(600_000)
    await bench.deliver(landed)
    expect(server.received).toEqual([])
    expect(bench.notices.map(({ detail }) => detail)).toEqual(['unknown', 'expired'])
  })

  it('takes none once another sign-in has begun', async () => {
    await bench.start()
    const landed = await server.agree(lastPage())
    bench.restart()
    await bench.start()
    await bench.deliver(landed)
    expect(bench.now()).toMatchObject({ phase: 'waiting', failure: { facts: { reason: 'unknown' } } })
    expect(server.received).toEqual([])
  })

  it('takes none when the OAuth app was changed', async () => {
    await bench.start()
    const landed = await server.agree(lastPage())
    bench.restart()
    bench.client = { clientId: 'another', clientSecret: null }
    await bench.deliver(landed)
    expect(bench.notices).toEqual([{ kind: 'deep-link-ignored', detail: 'app-changed' }])
    expect(server.received).toEqual([])
  })

  it('signs in all the same, without a way back, while the vault can not be had', async () => {
    bench.vault.failing = 'keychain-locked'
    await bench.start()
    await bench.deliver(await server.agree(lastPage()))
    expect(bench.now().phase).toBe('connected')
    expect(bench.logged).toContain('A sign-in could not be kept')
    bench.restart()
    await bench.deliver(`${bench.callback}?code=a&state=b`)
    expect(bench.notices).toHaveLength(1)
  })
})

describe('by the other roads', () => {
  it('comes back to a port of this computer when the scheme is not ours', async () => {
    bench.ownsScheme = false
    const started = await bench.start()
    expect(started).toMatchObject({ road: 'loopback', otherRoads: ['paste'] })
    expect(redirectUri()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth-[0-9a-v]{20}\/callback$/)
    expect(redirectUri()).toContain(`/oauth-${issuerId(server.host)}/`)
    const page = await loopbackFetch(await server.agree(lastPage()))
    expect(await page.text()).toContain('Back to CloudAIPilot')
    await vi.waitFor(() => expect(bench.now().phase).toBe('connected'))
    expect(bench.showWindow).toHaveBeenCalledTimes(1)
    await expect(loopbackFetch(redirectUri())).rejects.toThrow()
  })

  it('stops listening when it is cancelled or over', async () => {
    bench.ownsScheme = false
    const { id } = await bench.start()
    await bench.signIns.handlers.cancel({ id })
    await expect(loopbackFetch(redirectUri())).rejects.toThrow()
    await bench.start()
    bench.clock.advance(600_000)
    await expect(loopbackFetch(redirectUri())).rejects.toThrow()
  })

  it('listens once, however often it is asked for the way back at the same time, and stops', async () => {
    const { id } = await bench.start()
    const asked = Array.from({ length: 5 }, () => bench.signIns.handlers.changeRoad({ id, road: 'loopback' }))
    await Promise.all(asked)
    const ways = bench.opened.slice(1).map((page) => new URL(page).searchParams.get('redirect_uri') ?? '')
    expect(new Set(ways).size).toBe(1)
    await bench.signIns.handlers.cancel({ id })
    for (const way of ways) await expect(loopbackFetch(way)).rejects.toThrow()
  })

  it('tells the browser and the window about a foreign answer', async () => {
    bench.ownsScheme = false
    await bench.start()
    const page = await loopbackFetch(`${redirectUri()}?code=a&state=nobodys`)
    expect(page.status).toBe(400)
    expect(bench.now()).toMatchObject({ phase: 'waiting', failure: { code: 'sign-in-mismatch' } })
  })

  it('changes to another road, and still takes the answer that was under way', async () => {
    const { id } = await bench.start()
    const first = await server.agree(lastPage())
    const changed = await bench.signIns.handlers.changeRoad({ id, road: 'loopback' })
    expect(changed).toMatchObject({ id, phase: 'waiting', road: 'loopback', otherRoads: ['deep-link', 'paste'] })
    expect(bench.opened).toHaveLength(2)
    await bench.deliver(first)
    expect(bench.now().phase).toBe('connected')
    await expect(loopbackFetch(redirectUri())).rejects.toThrow()
  })

  it.each([
    ['the whole address', (landed: string) => landed],
    ['the address with spaces around it', (landed: string) => `  ${landed}\n`],
    ['the address with a fragment', (landed: string) => `${landed}#_=_`],
    ['the address with a slash before its query', (landed: string) => landed.replace('?', '/?')],
  ])('is finished by pasting %s', async (_, pasted) => {
    const { id } = await bench.start()
    const changed = await bench.signIns.handlers.changeRoad({ id, road: 'paste' })
    expect(changed).toMatchObject({ road: 'paste', otherRoads: ['deep-link', 'loopback'] })
    expect(redirectUri()).toMatch(/^http:\/\/127\.0\.0\.1:/)
    const address = pasted(await server.agree(lastPage()))
    expect(await bench.signIns.handlers.pasteBack({ id, address })).toMatchObject({ phase: 'connected' })
  })

  it.each([
    ['the bare parameters', (landed: string) => new URL(landed).search.slice(1)],
    ['the parameters with their mark', (landed: string) => new URL(landed).search],
  ])('asks for the whole address when given %s, and goes on waiting', async (_, pasted) => {
    const { id } = await bench.start()
    const landed = await server.agree(lastPage())
    await expect(bench.signIns.handlers.pasteBack({ id, address: pasted(landed) })).rejects.toMatchObject({
      code: 'sign-in-mismatch',
      facts: { reason: 'address-missing' },
    })
    expect(await bench.signIns.handlers.pasteBack({ id, address: landed })).toMatchObject({ phase: 'connected' })
  })

  it('says that access was not given when an address says so', async () => {
    const { id } = await bench.start()
    const address = await server.agree(lastPage(), {
      error: 'access_denied',
      error_description: 'No,\n\tthanks',
      error_uri: 'not an address',
    })
    expect(await bench.signIns.handlers.pasteBack({ id, address })).toMatchObject({
      phase: 'failed',
      failure: { code: 'access-denied' },
    })
  })

  it('says that access was not given also when the address names no sign-in, which goes on waiting', async () => {
    const { id } = await bench.start()
    for (const none of ['', '&state=&code=#_=_']) {
      const address = `${redirectUri()}?error=access_denied&error_description=No${none}`
      await expect(bench.signIns.handlers.pasteBack({ id, address })).rejects.toMatchObject({ code: 'access-denied' })
    }
    expect(bench.now()).toMatchObject({ phase: 'waiting', failure: null })
  })

  it('opens no second page when the first one can be pasted too', async () => {
    bench.ownsScheme = false
    const { id } = await bench.start()
    await bench.signIns.handlers.changeRoad({ id, road: 'paste' })
    expect(bench.opened).toHaveLength(1)
    await loopbackFetch(await server.agree(lastPage()))
    await vi.waitFor(() => expect(bench.now().phase).toBe('connected'))
  })

  it.each([
    ['', 'missing-parameter'],
    ['the code is 1234', 'missing-parameter'],
    ['code=a', 'missing-parameter'],
    ['https://evil.example/?code=a&state=b', 'unknown'],
    ['code=a&code=b&state=c', 'repeated-parameter'],
    [`code=${'a'.repeat(70_000)}`, 'too-long'],
  ])('refuses to be given %j and goes on waiting', async (address, reason) => {
    const { id } = await bench.start()
    await expect(bench.signIns.handlers.pasteBack({ id, address })).rejects.toMatchObject({
      code: 'sign-in-mismatch',
      facts: { reason },
    })
    expect(bench.now()).toMatchObject({ phase: 'waiting', failure: null })
    expect(server.received).toEqual([])
  })

  it('waits for pasting when the only port that is registered is taken', async () => {
    const { redirect } = bench.offer
    if (!redirect) throw new Error('No redirect')
    bench.ownsScheme = false
    const taken = Number(new URL(server.host).port)
    bench.offer = { ...bench.offer, redirect: { ...redirect, loopback: taken, loopbackHost: 'localhost' } }
    const started = await bench.start()
    expect(started).toMatchObject({
      road: 'paste',
      otherRoads: [],
      failure: { code: 'callback-unreachable', facts: { port: String(taken) } },
    })
    expect(redirectUri()).toBe(`http://localhost:${taken}/oauth-${issuerId(server.host)}/callback`)
    const address = await server.agree(lastPage())
    expect(await bench.signIns.handlers.pasteBack({ id: started.id, address })).toMatchObject({ phase: 'connected' })
  })
})

describe('in the wizard', () => {
  it('can be left and entered again', async () => {
    const started = await bench.start()
    expect(await bench.signIns.handlers.current(undefined)).toEqual(started)
  })

  it('opens the same page again and copies its address', async () => {
    const { id } = await bench.start()
    await bench.signIns.handlers.reopen({ id })
    await bench.signIns.handlers.copyLink({ id })
    expect(bench.opened[1]).toBe(bench.opened[0])
    expect(bench.copied).toEqual([bench.opened[0]])
  })

  it('still waits, with its link to copy, when no browser opens', async () => {
    bench.openInBrowser = async () => {
      throw new Error('no browser')
    }
    await bench.start()
    await vi.waitFor(() => expect(bench.now().failure).toEqual({ code: 'unexpected', facts: { reason: 'browser' } }))
    expect(bench.now().phase).toBe('waiting')
  })

  it('ends an earlier sign-in when another begins, and takes no answer for it', async () => {
    const first = await bench.start()
    const landed = await server.agree(lastPage())
    const second = await bench.start()
    expect(bench.announced.map(({ id, phase }) => [id === first.id ? 1 : 2, phase])).toEqual([
      [1, 'waiting'],
      [1, 'cancelled'],
      [2, 'waiting'],
    ])
    await bench.deliver(landed)
    expect(bench.now()).toMatchObject({ id: second.id, phase: 'waiting', failure: { facts: { reason: 'spent' } } })
    await expect(bench.signIns.handlers.reopen({ id: first.id })).rejects.toMatchObject({ code: 'sign-in-expired' })
  })

  it('begins one sign-in when somebody clicks twice', async () => {
    const results = await Promise.allSettled([bench.start(), bench.start()])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(bench.opened).toHaveLength(1)
  })

  it('forgets everything when it is cancelled', async () => {
    const { id } = await bench.start()
    const landed = await server.agree(lastPage())
    await bench.signIns.handlers.cancel({ id })
    await bench.signIns.handlers.cancel({ id })
    expect(await bench.signIns.handlers.current(undefined)).toBeNull()
    await bench.deliver(landed)
    bench.restart()
    await bench.deliver(landed)
    expect(server.received).toEqual([])
    expect(bench.connected).toEqual([])
  })

  it('can be cancelled while the provider is asked who it is', async () => {
    let connect: (value: Awaited<ReturnType<SignInBench['connectWith']>>) => void = () => {}
    bench.connectWith = () => new Promise((resolve) => (connect = resolve))
    const { id } = await bench.start()
    const delivered = bench.deliver(await server.agree(lastPage()))
    await vi.waitFor(() => expect(bench.now().phase).toBe('checking'))
    await bench.signIns.handlers.cancel({ id })
    connect({ kind: 'connected', account, repositoryCount: null })
    await delivered
    expect(bench.now().phase).toBe('cancelled')
  })

  it('puts a failed sign-in away when it is cancelled', async () => {
    const { id } = await bench.start()
    bench.clock.advance(600_000)
    await bench.signIns.handlers.cancel({ id })
    expect(await bench.signIns.handlers.current(undefined)).toBeNull()
  })

  it('offers to keep somebody else as an account of its own', async () => {
    const keep = vi.fn(async () => ({ ...account, id: 'account-2', login: 'grace' }))
    bench.connectWith = async () => ({ kind: 'different-person', login: 'grace', keep })
    const { id } = await bench.start({ reconnects: 'account-1' })
    await bench.deliver(await server.agree(lastPage()))
    expect(bench.now()).toMatchObject({ phase: 'different-person', login: 'grace', accountId: null })
    expect(await bench.signIns.handlers.keepAsNew({ id })).toMatchObject({ phase: 'connected', accountId: 'account-2' })
    expect(keep).toHaveBeenCalledTimes(1)
    await expect(bench.signIns.handlers.keepAsNew({ id })).rejects.toMatchObject({ code: 'sign-in-expired' })
  })
})
