import http from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loopbackFetch } from '../testing/no-network'
import type { CallbackAnswer, MalformedReason } from './callback-answer'
import { type Loopback, type LoopbackOptions, listenForAnswer } from './loopback'
import type { Verdict } from './loopback-page'

let open: Loopback[] = []

afterEach(() => {
  for (const one of open) one.close()
  open = []
})

const path = '/oauth/callback/x'
const query = 'code=c&state=0123456789'

const listen = async (verdict: Verdict = 'received', more: Partial<LoopbackOptions> = {}) => {
  const onAnswer = vi.fn((_: CallbackAnswer | MalformedReason) => verdict)
  const loopback = await listenForAnswer({ port: 'any-port', hostName: '127.0.0.1', path, onAnswer, ...more })
  open.push(loopback)
  return { ...loopback, onAnswer, origin: new URL(loopback.redirectUri).origin }
}

/** A request with exactly these headers, which `fetch` would not send. */
const request = (address: string, options: http.RequestOptions): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = http.request(address, options, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.end()
  })

const isRefused = (address: string) =>
  request(address, {}).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
  )

describe('listenForAnswer', () => {
  it('takes one answer, shows a page that loads and runs nothing, and stops listening', async () => {
    const { redirectUri, onAnswer } = await listen()
    const response = await loopbackFetch(`${redirectUri}?${query}`)
    const page = await response.text()
    expect(response.status).toBe(200)
    expect(page).toContain('Back to CloudAIPilot')
    expect(page).toContain('prefers-color-scheme:dark')
    expect(page).not.toMatch(/<script|src=|href=|code=c/)
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(onAnswer).toHaveBeenCalledTimes(1)
    await vi.waitFor(async () => expect(await isRefused(redirectUri)).toBe(true))
  })

  it('says so when access was not given', async () => {
    const { redirectUri } = await listen('denied')
    const response = await loopbackFetch(`${redirectUri}?error=access_denied&state=0123456789`)
    expect(await response.text()).toContain('Access was not given')
  })

  it('speaks the language that the browser prefers', async () => {
    const { redirectUri } = await listen('denied')
    const headers = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' }
    const page = await (await loopbackFetch(`${redirectUri}?error=access_denied&state=0123456789`, { headers })).text()
    expect(page).toContain('<html lang="de">')
    expect(page).toContain('Der Zugriff wurde nicht erteilt')
  })

  it('stays open for the right answer after foreign and malformed ones', async () => {
    const { redirectUri, onAnswer } = await listen('foreign')
    expect((await loopbackFetch(`${redirectUri}?${query}`)).status).toBe(400)
    expect((await loopbackFetch(`${redirectUri}?code=a&code=b&state=0123456789`)).status).toBe(400)
    expect((await loopbackFetch(redirectUri)).status).toBe(400)
    expect(onAnswer.mock.calls.map(([answer]) => (typeof answer === 'string' ? answer : answer.kind))).toEqual([
      'code',
      'repeated-parameter',
      'missing-parameter',
    ])
    onAnswer.mockReturnValue('received')
    expect((await loopbackFetch(`${redirectUri}?${query}`)).status).toBe(200)
  })

  it.each([
    ['another path', '/oauth/callback/y', {}, 404],
    ['a path below', '/oauth/callback/x/y', {}, 404],
    ['a path above', '/oauth/callback', {}, 404],
    ['the path in capitals', '/OAUTH/CALLBACK/X', {}, 404],
    ['the path in percent signs', '/oauth/callback/%78', {}, 404],
    ['a doubled slash', '/oauth/callback/x//', {}, 404],
    ['the icon that browsers ask for', '/favicon.ico', {}, 404],
    ['a name that points here (DNS rebinding)', path, { headers: { host: 'evil.example' } }, 421],
    ['the right name without the port', path, { headers: { host: '127.0.0.1' } }, 421],
    ['a post', path, { method: 'POST' }, 405],
    ['an endless address', `${path}?${'a'.repeat(5000)}`, {}, 414],
  ])('refuses %s and goes on listening', async (_, to, options, status) => {
    const { origin, redirectUri, onAnswer } = await listen()
    expect(await request(`${origin}${to.includes('?') ? to : `${to}?${query}`}`, options)).toBe(status)
    expect(onAnswer).not.toHaveBeenCalled()
    expect(await request(`${redirectUri}?${query}`, {})).toBe(200)
  })

  it('listens on 127.0.0.1 alone, also under the name localhost', async () => {
    const { redirectUri } = await listen('received', { hostName: 'localhost' })
    const { port, host } = new URL(redirectUri)
    expect(redirectUri).toBe(`http://localhost:${port}${path}`)
    expect(await request(`http://127.0.0.1:${port}${path}?${query}`, { headers: { host } })).toBe(200)
    await expect(request(`http://[::1]:${port}${path}?${query}`, { headers: { host } })).rejects.toThrow('ECONNREFUSED')
  })

  it.each(['/?', '?error_description=%0A&', `?error_description=${'a'.repeat(5000)}&`])(
    'takes an answer that comes with %s',
    async (more) => {
      const { redirectUri, onAnswer } = await listen()
      expect(await request(`${redirectUri}${more}${query}`, {})).toBe(200)
      expect(onAnswer.mock.calls[0]?.[0]).toMatchObject({ kind: 'code' })
    },
  )

  it('says which fixed port is taken', async () => {
    const port = Number(new URL((await listen()).redirectUri).port)
    await expect(listen('received', { port })).rejects.toMatchObject({
      code: 'callback-unreachable',
      facts: { port: String(port) },
    })
  })

  it('lets go of the port and of waiting connections when it is closed', async () => {
    const { redirectUri, close } = await listen()
    const { port } = new URL(redirectUri)
    const idle = http.request({ host: '127.0.0.1', port, path })
    const cut = new Promise((resolve) => idle.on('error', resolve))
    idle.flushHeaders()
    await new Promise((resolve) => idle.on('socket', (socket) => socket.on('connect', resolve)))
    close()
    await cut
    expect(await isRefused(redirectUri)).toBe(true)
  })
})
