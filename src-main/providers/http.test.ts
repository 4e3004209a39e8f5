import { get, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { object, string } from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { Failure } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'
import { connect, renewing, token } from '../testing/connection'
import { type LoopbackServer, serveHttp } from '../testing/loopback-server'
import { bitbucket } from './bitbucket'
import { gitea } from './gitea'
import { github } from './github'
import { gitlab } from './gitlab'
import type { HttpParts, RequestOptions } from './http'
import type { Provider } from './provider'
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

  it('along a redirect to the name that the host has for itself, at the address where it is', async () => {
    const namedAs = 'https://git.nowhere.invalid/forge'
    const { url } = await script(
      (response) => response.writeHead(301, { location: `${namedAs}/api/2` }).end(),
      (response, request) => json(response, 200, request.url),
    )
    const { http } = connect({ provider, host: url, namedAs })
    expect((await http.get('/1')).body).toBe('/api/2')
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

describe('a 401', () => {
  const basic = (realm: string) => ({ 'www-authenticate': `Basic realm="${realm}"` })
  const page = '<html><head><title>401 Authorization Required</title></head><body>nginx</body></html>'
  const say = (body: unknown, headers: Record<string, string> = {}): Response =>
    typeof body === 'string'
      ? new Response(body, { status: 401, headers })
      : Response.json(body, { status: 401, headers })
  const from = (response: () => Response, own = github) => {
    const credentials = renewing(token('old-token-1234'), token('new-token-1234'))
    const { http } = connect({
      provider: own,
      host: 'https://git.example.org',
      credentials,
      fetch: async () => response(),
    })
    return { credentials, asked: failure(http.get('/user')) }
  }
  const html = { 'content-type': 'text/html' }

  it.each<[string, Provider, () => Response]>([
    ['a JSON error', github, () => say({ message: 'Bad credentials', status: '401' })],
    ['an OAuth error', gitlab, () => say({ error: 'invalid_token', error_description: 'Token is expired.' })],
    [
      'a JSON error with a challenge for tokens',
      gitlab,
      () => say({ message: '401' }, { 'www-authenticate': 'Bearer' }),
    ],
    ['the error of Bitbucket', bitbucket, () => say({ type: 'error', error: { message: 'Token is invalid' } })],
    ['its own realm and nothing else', bitbucket, () => say('', basic('Bitbucket.org HTTP'))],
    [
      'a challenge that refuses the token, and nothing else (RFC 6750)',
      gitlab,
      () => say('', { 'www-authenticate': 'Bearer realm="Protected by OAuth 2.0", error="invalid_token"' }),
    ],
    ['no body', github, () => say('')],
    ['a line of text', github, () => say('Bad credentials')],
    ['JSON that is cut off', gitea, () => say('{"message":"to', { 'content-type': 'application/json' })],
  ])('with %s is the provider’s', async (_, own, response) => {
    const { credentials, asked } = from(response, own)
    expect((await asked).code).toBe('auth-expired')
    expect(credentials.renewed).toBe(1)
  })

  it.each<[string, Provider, () => Response, string | undefined]>([
    ['a page and a realm', github, () => say(page, { ...html, ...basic('Staging'), server: 'nginx/1.24' }), 'nginx'],
    ['a page alone', gitlab, () => say(page, html), undefined],
    ['a page and a realm that is named after it', gitea, () => say(page, { ...html, ...basic('Gitea') }), undefined],
    ['another realm and nothing else', bitbucket, () => say('', basic('Restricted')), undefined],
    ['a line of text and another realm', gitea, () => say('Unauthorized', basic('traefik')), undefined],
    ['Negotiate', github, () => say('', { 'www-authenticate': 'Negotiate' }), undefined],
    [
      'JSON in the shape of another program',
      github,
      () => say({ status: 401, error: 'Unauthorized', path: '/' }),
      undefined,
    ],
    ['JSON that says nothing', gitea, () => say({}), undefined],
    [
      'the mark of a gateway',
      gitea,
      () => say({ message: 'Unauthorized' }, { 'x-amzn-errortype': 'x' }),
      'Amazon API Gateway',
    ],
    [
      'a key of a gateway',
      github,
      () => say({ message: 'No API key' }, { 'www-authenticate': 'Key realm="kong"' }),
      undefined,
    ],
  ])('with %s is of something in front, and renews nothing', async (_, own, response, who) => {
    const { credentials, asked } = from(response, own)
    const { code, facts } = await asked
    expect([code, facts.why, facts.who]).toEqual(['intermediary-answered', 'login', who])
    expect(credentials.renewed).toBe(0)
  })

  it('is asked for again, after pauses, where the state of an account depends on it', async () => {
    const { url, asked } = await script(
      (response) => json(response, 401, { message: 'Bad credentials' }),
      (response) => json(response, 401, { message: 'Bad credentials' }),
      (response) => json(response, 200, 'well'),
    )
    const { http, waits } = connect({ provider, host: url, doubtsMs: [1000, 3000] })
    expect((await http.get('/user')).body).toBe('well')
    expect(waits).toEqual([1000, 3000])
    asked.length = 3
    const dead = await script((response) => json(response, 401, { message: 'Bad credentials' }))
    const doubting = connect({ provider, host: dead.url, doubtsMs: [1000, 3000] })
    expect((await failure(doubting.http.get('/user'))).code).toBe('auth-expired')
    expect(dead.asked).toHaveLength(3)
    await failure(doubting.http.send('POST', '/user', {}))
    expect(dead.asked).toHaveLength(4)
  })
})

describe('something in front of the host', () => {
  const read = async (status: number, headers: Record<string, string>, body = '') => {
    const { http } = connect({
      provider: gitea,
      host: 'https://git.acme.test/git',
      fetch: async () => new Response(body, { status, headers }),
    })
    return http.get('/user').then(
      () => null,
      (error: Failure) => [error.code, error.facts.who, error.facts.why],
    )
  }
  const back = encodeURIComponent('https://git.acme.test/git/api/v1/user')

  it.each([
    [
      'https://acme.cloudflareaccess.com/cdn-cgi/access/login/git.acme.test?kid=1&redirect_url=%2Fapi',
      'Cloudflare Access',
    ],
    ['/oauth2/start?rd=%2Fgit%2Fapi%2Fv1%2Fuser', 'oauth2-proxy'],
    ['https://git.acme.test/oauth2/sign_in?rd=x', 'oauth2-proxy'],
    [`https://login.acme.test/?rd=${back}&rm=GET`, 'Authelia'],
    ['/outpost.goauthentik.io/start?rd=x', 'authentik'],
    ['https://login.microsoftonline.com/4711/oauth2/v2.0/authorize?client_id=1', 'Microsoft Entra ID'],
    ['https://fs.acme.test/adfs/ls/?wa=wsignin1.0', 'Microsoft AD FS'],
    ['https://acme.okta.com/login/login.htm?fromURI=x', 'Okta'],
    [`https://gateway.zscaler.net/auT?origurl=${back}`, 'Zscaler'],
    ['https://sso.acme.test/realms/acme/protocol/openid-connect/auth?client_id=1', 'Keycloak'],
    ['https://acme.auth.eu-west-1.amazoncognito.com/login?client_id=1', 'Amazon Cognito'],
    ['https://accounts.google.com/o/oauth2/v2/auth?client_id=1', 'Google'],
    ['https://sso.acme.test/saml2/idp?SAMLRequest=x', 'sso.acme.test'],
    [`http://10.0.0.1:8080/?url=${back}`, '10.0.0.1:8080'],
    ['http://captive.wifi.test/', 'captive.wifi.test'],
    ['http://192.0.2.7/', '192.0.2.7'],
    [`/login?url=${back}`, 'git.acme.test'],
    ['/users/sign_in', 'git.acme.test'],
    ['/+CSCOE+/logon.html', 'git.acme.test'],
  ])('redirects to %s: %s', async (location, who) => {
    for (const status of [302, 303, 307]) {
      expect(await read(status, { location })).toEqual(['intermediary-answered', who, 'login'])
    }
  })

  it.each<[number, Record<string, string>, string, string | undefined]>([
    [403, { 'content-type': 'text/html', server: 'nginx' }, '<html><h1>403 Forbidden</h1></html>', 'nginx'],
    [403, { server: 'cloudflare' }, '<!DOCTYPE html><title>Attention Required! | Cloudflare</title>', 'Cloudflare'],
    [403, { 'cf-mitigated': 'challenge' }, '<!DOCTYPE html><title>Just a moment...</title>', 'Cloudflare'],
    [403, { 'x-squid-error': 'ERR_ACCESS_DENIED 0' }, 'no', 'Squid'],
    [403, { server: 'istio-envoy' }, 'RBAC: access denied', 'Envoy'],
    [403, {}, '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', undefined],
    [451, {}, '<html>Blocked by FortiGuard</html>', 'FortiGate'],
    [511, {}, '<html><title>Log in to the network</title></html>', undefined],
    [200, { 'content-type': 'text/html' }, '<form><input type="password" name="p"></form>', undefined],
    [200, { 'content-type': 'text/html' }, '<title>Zscaler</title>', 'Zscaler'],
  ])('answers %i %o', async (status, headers, body, who) => {
    expect((await read(status, headers, body))?.slice(0, 2)).toEqual(['intermediary-answered', who])
  })

  it('is not what a forge itself says', async () => {
    const data = { 'content-type': 'application/json', server: 'cloudflare' }
    expect(await read(403, data, '{"message":"Forbidden"}')).toEqual(['access-restricted', undefined, 'refused'])
    expect((await read(403, {}))?.[2]).toBe('refused')
    expect((await read(404, { 'content-type': 'text/html' }, '<html>Not found</html>'))?.[0]).toBe('not-found')
    expect((await read(502, { 'content-type': 'text/html' }, '<html>Bad gateway</html>'))?.[0]).toBe('server-error')
    expect((await read(301, { location: 'https://new.acme.test/git/api/v1/user' }))?.[0]).toBe('moved')
    expect((await read(301, { location: 'https://other.acme.test/elsewhere' }))?.[0]).toBe('moved')
    for (const base of ['/git', 'https://new.acme.test', 'http://git.acme.test/git'])
      expect((await read(301, { location: `${base}/api/v1/repos/acme/login?limit=1` }))?.[0]).toBe('moved')
    expect((await read(429, { 'retry-after': '900' }, '<html>slow down</html>'))?.[0]).toBe('rate-limited')
  })
})
