import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Failure } from '../../src-preload/contract/outcome'
import { type AuthorizationServer, type Reply, startAuthorizationServer } from '../testing/authorization-server'
import { testFetch } from '../testing/connection'
import { type DeviceCode, pollForToken, requestDeviceCode } from './device'
import type { TokenCall } from './token-call'

let server: AuthorizationServer
let now: number
let waits: number[]

beforeEach(async () => {
  server = await startAuthorizationServer()
  now = 0
  waits = []
})
afterEach(() => server.close())

const call = (signal?: AbortSignal): TokenCall => ({
  offer: server.offer(),
  host: server.host,
  client: { clientId: server.clientId, clientSecret: null },
  fetch: testFetch,
  now: () => now,
  ...(signal && { signal }),
})

const device = () => {
  const { device } = server.offer()
  if (!device) throw new Error('No device flow')
  return device
}

/** Time passes as soon as somebody waits for it. */
const wait = async (milliseconds: number, signal?: AbortSignal) => {
  if (signal?.aborted) throw new Failure('cancelled')
  waits.push(milliseconds)
  now += milliseconds
}

const refusal = (error: string, more: object = {}): Reply => ({ status: 400, body: { error, ...more } })

const codeReply = (changes: object): Reply => ({
  status: 200,
  body: {
    device_code: 'd',
    user_code: 'ABCD-EFGH',
    verification_uri: `${server.host}/device`,
    expires_in: 900,
    interval: 5,
    ...changes,
  },
})

const requested = (): Promise<DeviceCode> => requestDeviceCode(call(), device())

describe('requestDeviceCode', () => {
  it('brings the code, the page and how long it lives', async () => {
    const { userCode, verificationUri, page, expiresAt, interval } = await requested()
    expect({ userCode, verificationUri, page, expiresAt, interval }).toEqual({
      userCode: 'WDJB-MJHT',
      verificationUri: `${server.host}/device`,
      page: `${server.host}/device`,
      expiresAt: 900_000,
      interval: 5000,
    })
    expect(Object.fromEntries(server.received[0]?.fields ?? [])).toEqual({ client_id: server.clientId, scope: 'read' })
  })

  it('opens the page with the code filled in where that is below the host', async () => {
    const filled = `${server.host}/device?user_code=ABCD-EFGH`
    server.reply(
      codeReply({ verification_uri_complete: filled }),
      codeReply({ verification_uri_complete: 'https://evil.example/device' }),
      codeReply({ verification_uri_complete: `${server.host}:1/device` }),
      codeReply({ verification_uri_complete: 'device' }),
    )
    const pages = [await requested(), await requested(), await requested(), await requested()].map(({ page }) => page)
    expect(pages).toEqual([filled, ...Array(3).fill(`${server.host}/device`)])
  })

  it.each([
    ['https://github.com/login/device'],
    ['https://127.0.0.1.evil.example/device'],
    ['http://127.0.0.1:1/device'],
    ['http://localhost/device'],
  ])('sends nobody to %s, where the code may be of a sign-in that the server itself has begun', async (page) => {
    server.reply(codeReply({ verification_uri: page, verification_uri_complete: `${server.host}/device` }))
    await expect(requested()).rejects.toMatchObject({
      code: 'sign-in-mismatch',
      facts: { reason: 'verification-page' },
    })
  })

  it.each([
    ['/device', true],
    ['/git/../device', true],
    ['/git/device', false],
    ['/git/x/../device', false],
  ])('below a path takes pages of that path only: %s', async (path, refused) => {
    server.reply(codeReply({ verification_uri: `${server.host}${path}` }))
    const asked = requestDeviceCode({ ...call(), host: `${server.host}/git` }, device())
    if (refused) await expect(asked).rejects.toMatchObject({ code: 'sign-in-mismatch' })
    else expect((await asked).page).toBe(`${server.host}/git/device`)
  })

  it.each([
    [{ verification_uri: 'javascript:alert(1)' }],
    [{ verification_uri: 'http://git.example/device' }],
    [{ verification_uri: 'https://u:p@git.example/device' }],
    [{ verification_uri: 'device' }],
    [{ user_code: 'A\u202eB' }],
    [{ user_code: 'x'.repeat(41) }],
    [{ user_code: 'Type it at evil.example' }],
    [{ user_code: 'evil.example' }],
    [{ expires_in: -1 }],
    [{ device_code: 7 }],
  ])('refuses %j', async (changes) => {
    server.reply(codeReply(changes))
    await expect(requested()).rejects.toMatchObject({ code: 'bad-answer' })
  })

  it.each([
    [{ status: 404, body: 'Not found' }, 'device-flow-disabled'],
    [refusal('device_flow_disabled'), 'device-flow-disabled'],
    [refusal('unauthorized_client'), 'client-rejected'],
    [{ status: 500, body: '' }, 'server-error'],
  ])('explains %j', async (reply, code) => {
    server.reply(reply)
    await expect(requested()).rejects.toMatchObject({ code })
  })
})

describe('pollForToken', () => {
  const poll = async (...replies: readonly Reply[]) => {
    const code = await requested()
    server.reply(...replies)
    return pollForToken(call(), device(), code, wait)
  }

  it('asks at the interval until the person has agreed', async () => {
    const code = await requested()
    const credential = await pollForToken(call(), device(), code, async (milliseconds) => {
      await wait(milliseconds)
      if (waits.length === 3) server.decide('granted')
    })
    expect(waits).toEqual([5000, 5000, 5000])
    expect(credential.accessToken.reveal()).toBe(server.issued.accessToken)
    expect(credential).toMatchObject({ redirectUri: null, expiresAt: 15_000 + 7_200_000 })
  })

  it('slows down by five seconds each time it is told to, or to the interval that came along', async () => {
    const run = poll(
      refusal('slow_down'),
      refusal('slow_down', { interval: 30 }),
      refusal('slow_down', { interval: 1 }),
      refusal('access_denied'),
    )
    await expect(run).rejects.toMatchObject({ code: 'access-denied' })
    expect(waits).toEqual([5000, 10_000, 30_000, 35_000])
  })

  it.each([
    [120, [120_000, 120_000, 120_000, 120_000, 125_000, 130_000]],
    [30, [30_000, 60_000, 60_000, 60_000, 65_000, 70_000]],
    [0.5, [500, 1000, 2000, 2000, 7000, 12_000]],
  ])('never asks more often than each %s s, whatever the host answers in between', async (interval, expected) => {
    server.reply(codeReply({ interval, expires_in: 1800 }))
    const code = await requested()
    server.reply(
      { status: 503, body: '' },
      { status: 401, body: '<html>', headers: { 'www-authenticate': 'Basic realm="x"' } },
      refusal('authorization_pending'),
      refusal('slow_down'),
      refusal('slow_down', { interval: 1 }),
      refusal('access_denied'),
    )
    await expect(pollForToken(call(), device(), code, wait)).rejects.toMatchObject({ code: 'access-denied' })
    expect(waits).toEqual(expected)
  })

  it('waits no longer than the code lives, however long the interval', async () => {
    server.reply(codeReply({ interval: 1e9 }))
    await expect(pollForToken(call(), device(), await requested(), wait)).rejects.toMatchObject({
      code: 'sign-in-expired',
    })
    expect(waits).toEqual([900_000])
  })

  it('goes on, more slowly, while the host is away or overloaded', async () => {
    const run = poll(
      { status: 503, body: '' },
      { status: 429, body: '' },
      { status: 429, body: '', headers: { 'retry-after': '90' } },
      { status: 500, body: '' },
      refusal('access_denied'),
    )
    await expect(run).rejects.toMatchObject({ code: 'access-denied' })
    expect(waits).toEqual([5000, 10_000, 20_000, 90_000, 60_000])
  })

  it.each([
    ['expired_token', 'sign-in-expired'],
    ['access_denied', 'access-denied'],
    ['device_flow_disabled', 'device-flow-disabled'],
    ['incorrect_device_code', 'sign-in-expired'],
    ['incorrect_client_credentials', 'client-rejected'],
  ])('ends at %s', async (error, code) => {
    await expect(poll(refusal(error))).rejects.toMatchObject({ code })
    expect(server.tokenRequests()).toHaveLength(1)
  })

  it('ends by itself when the code has run out', async () => {
    await expect(poll()).rejects.toMatchObject({ code: 'sign-in-expired' })
    expect(now).toBe(900_000)
    expect(server.tokenRequests()).toHaveLength(179)
  })

  it('asks no more once it was cancelled', async () => {
    const cancel = new AbortController()
    const code = await requested()
    const run = pollForToken(call(cancel.signal), device(), code, async (milliseconds, signal) => {
      if (waits.length === 2) cancel.abort()
      await wait(milliseconds, signal)
    })
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    expect(server.tokenRequests()).toHaveLength(2)
  })
})
