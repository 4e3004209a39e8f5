import { get, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { object, string } from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { Failure } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'
import { connect, renewing, token } from '../testing/connection'
import { type LoopbackServer, serveHttp } from '../testing/loopback-server'
import type { HttpParts, RequestOptions } from './http'
import { readAs } from './read-as'

const open: LoopbackServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})
const serve = async (handler: RequestListener): Promise<LoopbackServer> => {
  const server = await serveHttp(handler)
  open.push(server)
  return server
}

const provider: HttpParts['provider'] = {
  headers: { accept: 'application/json' },
  apiBase: (host) => `${host}/api`,
  authorization: (credential) => ({
    authorization: `Bearer ${(credential.kind === 'oauth' ? credential.accessToken : credential.token).reveal()}`,
  }),
  explain: () => null,
}

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(body))

const failure = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof Failure) return error
  throw error ?? new Error('It did not fail.')
}

/** A server that answers with the list of handlers, one a request, the last one for ever, and notes what it was asked. */
const script = async (...handlers: ((response: ServerResponse, request: IncomingMessage) => void)[]) => {
  const asked: string[] = []
  const { url } = await serve((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`)
    handlers[Math.min(asked.length, handlers.length) - 1]?.(response, request)
  })
  return { url, asked }
}

describe('where requests go', () => {
  it('below the base, with the credential', async () => {
    const { url, asked } = await script((response) => json(response, 200, { a: 1 }))
    const { http } = connect({ provider, host: url })
    expect((await http.get('/user?x=1')).body).toEqual({ a: 1 })
    await http.get(`${url}/api/user`)
    expect(asked).toEqual(['GET /api/user?x=1 Bearer old-token-1234', 'GET /api/user Bearer old-token-1234'])
  })

  it.each(['https://evil.example/api/user', 'http://127.0.0.1:1/api/user', '@evil.example', 'javascript:alert(1)'])(
    'never to %s',
    async (address) => {
      const { url, asked } = await script((response) => json(response, 200, {}))
      const { http } = connect({ provider, host: url })
      expect((await failure(http.get(address))).code).toMatch(/foreign-link-refused|bad-answer/)
      expect((await failure(http.get(url.replace('//', '//user:pass@')))).code).toBe('foreign-link-refused')
      expect(asked).toEqual([])
    },
  )

  it('along redirects on the same origin, three at most, and for reading only', async () => {
    const { url, asked } = await script((response, request) => {
      const step = Number(/\d/.exec(request.url ?? '')?.[0])
      if (step === 4) json(response, 200, 'there')
      else response.writeHead(301, { location: `/api/${step + 1}` }).end()
    })
    const { http } = connect({ provider, host: url })
    expect((await http.get('/1')).body).toBe('there')
    expect((await failure(http.get('/0'))).code).toBe('moved')
    asked.length = 0
    expect(await failure(http.send('POST', '/1', {}))).toMatchObject({ code: 'moved', facts: { to: `${url}/api/2` } })
    expect(asked).toHaveLength(1)
  })

  it('never along a redirect to elsewhere', async () => {
    const elsewhere = await script((response) => json(response, 200, {}))
    const { url } = await script((response) => response.writeHead(302, { location: `${elsewhere.url}/api` }).end())
    const { http } = connect({ provider, host: url })
    expect(await failure(http.get('/x'))).toMatchObject({ code: 'moved', facts: { to: `${elsewhere.url}/api` } })
    expect(elsewhere.asked).toEqual([])
  })
})

describe('what requests carry', () => {
  it('nothing, when they are anonymous, or the app, when it speaks for itself', async () => {
    const { url, asked } = await script((response) => response.writeHead(204).end())
    const { http } = connect({ provider, host: url })
    await http.get('/meta', { anonymous: true })
    await http.send('DELETE', '/token', { a: 1 }, { client: { clientId: 'id', clientSecret: new Secret('s3cret') } })
    expect(asked).toEqual(['GET /api/meta -', `DELETE /api/token Basic ${btoa('id:s3cret')}`])
  })

  it('a JSON body or a form', async () => {
    const { url } = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (body) => json(response, 200, [request.headers['content-type'], body]))
    })
    const { http } = connect({ provider, host: url })
    expect((await http.send('POST', '/a', { b: 'c d' })).body).toEqual(['application/json', '{"b":"c d"}'])
    expect((await http.send('POST', '/a', { b: 'c d' }, { form: true })).body).toEqual([
      'application/x-www-form-urlencoded',
      'b=c+d',
    ])
  })

  it('the validator of a page seen before', async () => {
    const { url } = await serve((request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200, { etag: '"1"' }).end()
    })
    const { http } = connect({ provider, host: url })
    expect((await http.get('/a', { etag: '"1"' })).status).toBe(304)
    expect((await http.get('/a', { etag: '"0"' })).status).toBe(200)
  })
})

describe('a refused credential', () => {
  const guarded = (good: string) =>
    script((response, { headers }) =>
      json(response, headers.authorization === `Bearer ${good}` ? 200 : 401, { message: 'Bad credentials' }),
    )

  it('is renewed once and the request is made again', async () => {
    const { url, asked } = await guarded('new-token-1234')
    const credentials = renewing(token('old-token-1234'), token('new-token-1234'))
    const { http } = connect({ provider, host: url, credentials })
    expect((await http.send('POST', '/hooks', {})).status).toBe(200)
    expect([asked.length, credentials.renewed]).toEqual([2, 1])
  })

  it('fails when there is no newer one, or when that is refused too', async () => {
    const { url, asked } = await guarded('nobody has this')
    const plain = connect({ provider, host: url })
    expect(await failure(plain.http.get('/user'))).toMatchObject({
      code: 'auth-expired',
      facts: { status: '401', request: '/api/user', message: 'Bad credentials' },
    })
    expect(asked).toHaveLength(1)
    const credentials = renewing(token('old-token-1234'), token('new-token-1234'), token('newest-token-1'))
    const { http } = connect({ provider, host: url, credentials })
    expect((await failure(http.get('/user'))).code).toBe('auth-expired')
    expect([asked.length, credentials.renewed]).toEqual([3, 1])
  })

  it('of many requests at once is asked for by each, and the source renews it once', async () => {
    const { url } = await guarded('new-token-1234')
    const credentials = renewing(token('old-token-1234'), token('new-token-1234'))
    const { http } = connect({ provider, host: url, credentials })
    await Promise.all(Array.from({ length: 20 }, () => http.get('/user')))
    expect(credentials.renewed).toBe(1)
  })
})

describe('a passing failure', () => {
  const failTwice = (status: number, headers: Record<string, string> = {}) => [
    (response: ServerResponse) => void json(response, status, {}, headers),
    (response: ServerResponse) => void json(response, status, {}, headers),
    (response: ServerResponse) => void json(response, 200, 'at last'),
  ]

  it.each([500, 502, 503, 504])('%i is waited out when the request may be repeated', async (status) => {
    const { url, asked } = await script(...failTwice(status))
    const { http, waits } = connect({ provider, host: url })
    expect((await http.get('/a')).body).toBe('at last')
    expect(asked).toHaveLength(3)
    expect(waits).toHaveLength(2)
    expect(waits[1]).toBeGreaterThan(waits[0] as number)
  })

  it('is told at once when the request must not be made twice', async () => {
    const { url, asked } = await script(...failTwice(502))
    const { http } = connect({ provider, host: url })
    expect((await failure(http.send('POST', '/a', {}))).code).toBe('server-error')
    expect(asked).toHaveLength(1)
  })

  it('is told after three tries', async () => {
    const { url, asked } = await script((response) => response.writeHead(500).end('<html>Oops</html>'))
    const { http } = connect({ provider, host: url })
    expect(await failure(http.get('/a'))).toMatchObject({ code: 'server-error', facts: { status: '500' } })
    expect(asked).toHaveLength(3)
  })

  it('of the connection is waited out too', async () => {
    const { url } = await script(
      (response) => response.socket?.destroy(),
      (response) => {
        response.writeHead(200, { 'content-length': 99 }).write('{')
        setImmediate(() => response.socket?.destroy())
      },
      (response) => json(response, 200, 'at last'),
    )
    const { http } = connect({ provider, host: url })
    expect((await http.get('/a')).body).toBe('at last')
  })
})

describe('a rate limit', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  const date = new Date(now).toUTCString()

  it('that ends soon is waited for', async () => {
    const { url } = await script(
      (response) => json(response, 429, {}, { 'retry-after': '3', date }),
      (response) =>
        json(response, 403, {}, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now / 1000 + 7}`, date }),
      (response) => json(response, 200, 'at last'),
    )
    const { http, waits } = connect({ provider, host: url, now: () => now })
    expect((await http.get('/a')).body).toBe('at last')
    expect(waits).toEqual([3_000, 7_000])
  })

  it.each([
    [429, { 'retry-after': '600' }, 600_000],
    [429, { 'retry-after': new Date(now + 90_000).toUTCString() }, 90_000],
    [429, {}, 60_000],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now / 1000 + 1800}` }, 1_800_000],
    [429, { 'ratelimit-remaining': '0', 'ratelimit-reset': '120' }, 120_000],
    [429, { 'retry-after': '999999999' }, 86_400_000],
  ])('of %i with %j is told with its end', async (status, headers, wait) => {
    const { url, asked } = await script((response) => json(response, status, {}, { date, ...headers } as never))
    const { http } = connect({ provider, host: url, now: () => now })
    expect(await failure(http.get('/a'))).toMatchObject({ code: 'rate-limited', facts: { until: String(now + wait) } })
    expect(asked).toHaveLength(1)
  })

  it('counts by the server when our clock is wrong, which is told as well', async () => {
    const ours = now + 3_600_000
    const headers = { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now / 1000 + 900}` }
    const { url } = await script((response) => json(response, 403, {}, headers))
    const { http } = connect({ provider, host: url, now: () => ours })
    expect((await failure(http.get('/a'))).facts).toMatchObject({ until: String(ours + 900_000), clockSkew: '3600' })
  })
})

describe('an answer', () => {
  it.each([
    [301, 'moved'],
    [400, 'invalid-input'],
    [403, 'access-restricted'],
    [404, 'not-found'],
    [409, 'conflict'],
    [410, 'not-found'],
    [418, 'bad-answer'],
    [422, 'invalid-input'],
    [501, 'server-error'],
  ])('of status %i is %s', async (status, code) => {
    const { url } = await script((response) => json(response, status, {}))
    expect((await failure(connect({ provider, host: url }).http.get('/a'))).code).toBe(code)
  })

  it('of another status is none when the caller expects it', async () => {
    const { url } = await script((response) => json(response, 404, {}))
    expect((await connect({ provider, host: url }).http.get('/a', { accept: [404] })).status).toBe(404)
  })

  it.each([
    ['{"name":', 'application/json', 'truncated'],
    ['{"name": oops}', 'application/json', 'not-json'],
    ['', 'application/json', 'wrong-shape'],
    ['<!doctype html>', 'text/html', 'html'],
    ['name', 'text/plain', 'not-json'],
    ['{"name": 1}', 'application/json', 'wrong-shape'],
    ['[]', 'application/vnd.forge+json', 'wrong-shape'],
  ])('%j as %s is a bad one: %s', async (body, type, why) => {
    const { url } = await script((response) => response.writeHead(200, { 'content-type': type }).end(body))
    const { http } = connect({ provider, host: url })
    const read = async () => readAs(object({ name: string() }), await http.get('/a'))
    expect(await failure(read())).toMatchObject({ code: 'bad-answer', facts: { why } })
  })

  it('repeats no secret in what it says, and nothing that hides or reorders', async () => {
    const secret = 'hook-secret-5678'
    const { url } = await script((response) =>
      json(response, 422, { message: `old-token-1234 and ${secret}\u202e are \u0007bad` }),
    )
    const { http } = connect({ provider, host: url })
    const { facts } = await failure(http.send('POST', '/hooks', { config: { secret } }))
    expect(facts.message).toBe('[secret] and [secret] are bad')
  })
})

describe('many requests', () => {
  it('are made eight at a time, or 32 when they only ask for changes', async () => {
    const held: (() => void)[] = []
    const { url } = await serve((request, response) => {
      if (request.url === '/last') response.end()
      else held.push(() => json(response, 200, {}))
    })
    const { http } = connect({ provider, host: url })
    /** Answers no request before as many as may run at once have come, and one round of requests after the other. */
    const most = async (count: number, atOnce: number, options?: RequestOptions): Promise<number> => {
      const all = Promise.all(Array.from({ length: count }, () => http.get('/a', options)))
      let seen = 0
      for (let left = count; left > 0; left -= atOnce) {
        const round = Math.min(atOnce, left)
        await expect.poll(() => held.length, { timeout: 10_000, interval: 5 }).toBeGreaterThanOrEqual(round)
        // A request too many was sent before this one, so it has arrived when this one is answered.
        await new Promise((done) => get(`${url}/last`, (response) => response.resume().on('end', done)))
        seen = Math.max(seen, held.length)
        for (const answer of held.splice(0)) answer()
      }
      await all
      return seen
    }
    expect(await most(40, 8)).toBe(8)
    expect(await most(80, 32, { etag: '"x"' })).toBe(32)
  })

  it('that are cancelled while they queue are never made', async () => {
    const { url, asked } = await script(() => undefined)
    const { http } = connect({ provider, host: url })
    const stop = new AbortController()
    const all = Array.from({ length: 12 }, () => failure(http.get('/a', { signal: stop.signal })))
    await expect.poll(() => asked.length).toBe(8)
    stop.abort()
    expect(new Set((await Promise.all(all)).map(({ code }) => code))).toEqual(new Set(['cancelled']))
    expect(asked).toHaveLength(8)
  })
})
