import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http, { type RequestListener } from 'node:http'
import net from 'node:net'
import tls from 'node:tls'
import zlib from 'node:zlib'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Failure } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'
import { type Identity, makeCertificate } from '../testing/certificates'
import { type LoopbackServer, listen, serveHttp, serveHttps } from '../testing/loopback-server'
import { createCertificateReader, createFetch, type FetchParts } from './create-fetch'

const open: LoopbackServer[] = []
const keep = async (server: Promise<LoopbackServer>): Promise<LoopbackServer> => {
  open.push(await server)
  return server
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const parts: FetchParts = {
  userAgent: 'Test/1',
  proxyFor: async () => null,
  trustedCertificate: () => null,
}
const fetch = createFetch(parts)

const failure = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof Failure) return error
  throw error ?? new Error('It did not fail.')
}

const answer = (handler: RequestListener): Promise<LoopbackServer> => keep(serveHttp(handler))

describe('a request', () => {
  it('returns status, headers and body, and names the app', async () => {
    const { url } = await answer((request, response) => {
      response.writeHead(201, { 'content-type': 'application/json', etag: 'W/"1"' })
      response.end(JSON.stringify({ method: request.method, agent: request.headers['user-agent'] }))
    })
    const response = await fetch(`${url}/x`, { method: 'PATCH', body: '{}' })
    expect(response.status).toBe(201)
    expect(response.headers.get('etag')).toBe('W/"1"')
    expect(await response.json()).toEqual({ method: 'PATCH', agent: 'Test/1' })
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    '%s sends its body with its length and its own headers',
    async (method) => {
      const { url } = await answer((request, response) => {
        request.setEncoding('utf8').on('data', (text: string) => {
          response.end(`${request.headers['content-length']} ${request.headers['x-own']} ${text}`)
        })
      })
      const response = await fetch(url, { method, body: 'grüße', headers: { 'x-own': 'yes' } })
      expect(await response.text()).toBe('7 yes grüße')
    },
  )

  it('to a name below localhost stays on this computer, whatever a server of names may say', async () => {
    const { url } = await answer((request, response) => response.end(request.headers.host))
    const named = url.replace('127.0.0.1', 'git.localhost')
    expect(await (await fetch(named)).text()).toBe(new URL(named).host)
  })

  it.each([204, 205, 304])('gives %i a null body', async (status) => {
    const { url } = await answer((_, response) => response.writeHead(status).end())
    const response = await fetch(url)
    expect([response.status, response.body]).toEqual([status, null])
  })

  it.each([301, 302, 303, 307, 308])('returns a %i and never follows it', async (status) => {
    let asked = 0
    const { url } = await answer((_, response) => {
      asked += 1
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
    expect((await fetch(url)).status).toBe(status)
    expect(asked).toBe(1)
  })

  it('keeps connections for reading and opens one of its own for writing', async () => {
    const server = await answer((_, response) => response.end('ok'))
    for (let i = 0; i < 5; i += 1) await fetch(server.url)
    expect(server.connections()).toBe(1)
    await fetch(server.url, { method: 'POST' })
    expect(server.connections()).toBe(2)
  })

  it('asks again when the server closed the kept connection', async () => {
    const first = new Set<net.Socket>()
    let answered = 0
    const server = http.createServer((request, response) => {
      if (first.size === 0) first.add(request.socket)
      else if (first.has(request.socket)) return request.socket.resetAndDestroy()
      answered += 1
      response.end('ok')
    })
    const { url } = await keep(listen(server))
    await fetch(url)
    expect(await (await fetch(url)).text()).toBe('ok')
    expect(answered).toBe(2)
  })

  it('refuses a header that HTTP cannot carry, such as a token pasted with its line break', async () => {
    const { url } = await answer((_, response) => response.end())
    for (const authorization of ['Bearer secret\nx: y', 'Bearer сеcret']) {
      const { code, facts } = await failure(fetch(url, { headers: { authorization } }))
      expect([code, JSON.stringify(facts).includes('ecret')]).toEqual(['invalid-input', false])
    }
  })

  it.each(['ftp://127.0.0.1/', 'http://user:secret@127.0.0.1/', 'nonsense', 'file:///etc/passwd'])(
    'refuses %s',
    async (address) => {
      expect((await failure(fetch(address))).code).toBe('invalid-input')
    },
  )
})

describe('limits', () => {
  const text = 'a'.repeat(100_000)

  it.each([
    ['gzip', zlib.gzipSync(text)],
    ['deflate', zlib.deflateSync(text)],
    ['br', zlib.brotliCompressSync(text)],
  ])('unpacks %s, and stops when it gets too large', async (encoding, body) => {
    const { url } = await answer((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body))
    expect(await (await fetch(url)).text()).toBe(text)
    expect(await failure(fetch(url, { maxBytes: 99_999 }))).toMatchObject({
      code: 'bad-answer',
      facts: { why: 'too-large' },
    })
  })

  it('is not filled by a bomb: a gigabyte of zeros in a megabyte', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(64_000_000))
    const { url } = await answer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      for (let i = 0; i < 16; i += 1) response.write(bomb)
      response.end()
    })
    const before = process.memoryUsage().rss
    expect((await failure(fetch(url))).facts).toMatchObject({ why: 'too-large' })
    expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000)
  })

  it('refuses a length that is too large before reading, and an endless body while reading', async () => {
    const announced = await answer((_, response) => {
      response.writeHead(200, { 'content-length': 100_000_000 }).write('x')
    })
    expect((await failure(fetch(announced.url))).facts).toMatchObject({ why: 'too-large' })
    const endless = await answer((_, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536))) if (response.destroyed) return
      }
      response.on('drain', more)
      more()
    })
    expect((await failure(fetch(endless.url, { maxBytes: 1_000_000 }))).facts).toMatchObject({ why: 'too-large' })
  })

  it('names a body that is cut off, packed or not', async () => {
    const packed = zlib.gzipSync(randomBytes(10_000))
    const { url } = await answer((request, response) => {
      if (request.url === '/length') response.writeHead(200, { 'content-length': 50 }).write('short')
      if (request.url === '/chunks') response.write('short')
      if (request.url === '/packed') {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, 5_000))
        return
      }
      setImmediate(() => response.socket?.destroy())
    })
    for (const path of ['/length', '/chunks', '/packed']) {
      expect(await failure(fetch(url + path)), path).toMatchObject({ code: 'bad-answer', facts: { why: 'cut-off' } })
    }
  })

  it('names a body whose encoding is wrong or unknown', async () => {
    const { url } = await answer((request, response) => {
      response.writeHead(200, { 'content-encoding': request.url === '/zip' ? 'zip' : 'gzip' }).end('not packed at all')
    })
    for (const path of ['/zip', '/gzip']) {
      expect(await failure(fetch(url + path)), path).toMatchObject({ code: 'bad-answer', facts: { why: 'encoding' } })
    }
  })

  it('gives up when the whole answer takes too long, although bytes keep coming', async () => {
    const { url } = await answer((_, response) => {
      const drip = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(drip))
    })
    expect((await failure(fetch(url, { timeout: 200 }))).code).toBe('timed-out')
  })

  it('gives up when headers drip in', async () => {
    const server = net.createServer((socket) => {
      const drip = setInterval(() => socket.write('H'), 20)
      socket.write('HTTP/1.1 200 OK\r\nx-slow: ')
      socket.on('close', () => clearInterval(drip))
    })
    const { url } = await keep(listen(server))
    expect((await failure(fetch(url, { timeout: 200 }))).code).toBe('timed-out')
  })

  it('gives up when the server falls silent', async () => {
    const { url } = await answer((_, response) => response.write('x'))
    expect((await failure(fetch(url, { idleTimeout: 100 }))).code).toBe('timed-out')
  })

  it('names an answer that is not HTTP and headers without end', async () => {
    const plain = await keep(listen(net.createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))))
    expect(await failure(fetch(plain.url))).toMatchObject({ code: 'bad-answer', facts: { why: 'not-http' } })
    const large = await answer((_, response) => response.writeHead(200, { 'x-large': 'a'.repeat(60_000) }).end())
    expect(await failure(fetch(large.url))).toMatchObject({ code: 'bad-answer', facts: { why: 'not-http' } })
  })

  it('stops when it is told to: before, while waiting and while reading', async () => {
    const { url } = await answer((request, response) => {
      if (request.url === '/reading') response.write('x')
    })
    expect((await failure(fetch(url, { signal: AbortSignal.abort() }))).code).toBe('cancelled')
    for (const path of ['/waiting', '/reading']) {
      const stop = new AbortController()
      const asked = failure(fetch(url + path, { signal: stop.signal }))
      setTimeout(() => stop.abort(), 50)
      expect((await asked).code).toBe('cancelled')
    }
  })
})

describe('a server that is not there', () => {
  it('is unreachable when nothing listens', async () => {
    const server = await serveHttp(() => undefined)
    await server.close()
    expect(await failure(fetch(server.url))).toMatchObject({ code: 'unreachable', facts: { detail: 'ECONNREFUSED' } })
  })

  it('is not found when its name is unknown', async () => {
    expect(await failure(fetch('http://nobody.invalid/'))).toMatchObject({
      code: expect.stringMatching(/^(host-not-found|unreachable)$/),
      facts: { host: 'nobody.invalid' },
    })
  })

  it('is unreachable when it hangs up without an answer', async () => {
    const { url } = await keep(listen(net.createServer((socket) => socket.destroy())))
    expect((await failure(fetch(url))).code).toBe('unreachable')
  })

  it('is unreachable when it speaks http where https was asked for', async () => {
    const { url } = await answer((_, response) => response.end())
    expect((await failure(fetch(url.replace('http:', 'https:')))).code).toBe('unreachable')
  })
})

describe('certificates', () => {
  let authority: Identity
  let known: Identity
  let stranger: Identity
  let other: Identity
  beforeAll(() => {
    authority = makeCertificate('Test Authority', null, true)
    known = makeCertificate('git.example.org', authority)
    stranger = makeCertificate('Müller \u202eGmbH')
    other = makeCertificate('git.example.org')
  })
  const roots = async () => tls.createSecureContext({ ca: [authority.cert] })

  it('trusts those signed by an authority of the system', async () => {
    const { url } = await keep(serveHttps(known, (_, response) => response.end('ok')))
    expect(await (await createFetch({ ...parts, roots })(url)).text()).toBe('ok')
    expect((await failure(fetch(url))).code).toBe('certificate-untrusted')
  })

  it('shows an untrusted one without sending a request', async () => {
    let asked = 0
    const server = await keep(
      serveHttps(stranger, (_, response) => {
        asked += 1
        response.end()
      }),
    )
    const { code, facts } = await failure(fetch(server.url, { headers: { authorization: 'Bearer secret' } }))
    expect(code).toBe('certificate-untrusted')
    expect(facts).toMatchObject({
      host: `127.0.0.1:${server.port}`,
      subject: 'CN=Müller GmbH, O=Example',
      issuer: 'CN=Müller GmbH, O=Example',
      why: 'self-signed',
    })
    expect(facts.sha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(Date.parse(facts.validFrom ?? '')).toBeLessThan(Date.now())
    expect(Date.parse(facts.validTo ?? '')).toBeGreaterThan(Date.now())
    expect(asked).toBe(0)
  })

  it('can be trusted by hand: that one certificate, for that one host and port', async () => {
    const served = await keep(serveHttps(stranger, (_, response) => response.end('ok')))
    const elsewhere = await keep(serveHttps(stranger, (_, response) => response.end('ok')))
    const read = createCertificateReader(parts)
    const { pem, sha256 } = await read(served.url)
    expect(pem.replace(/\s/g, '')).toBe(stranger.cert.replace(/\s/g, ''))

    const trusting = createFetch({
      ...parts,
      trustedCertificate: (host) => (host === `127.0.0.1:${served.port}` ? pem : null),
    })
    for (let i = 0; i < 3; i += 1) expect(await (await trusting(served.url)).text()).toBe('ok')
    expect(served.connections()).toBe(2)
    expect(await (await trusting(served.url, { method: 'POST' })).text()).toBe('ok')
    expect(await failure(trusting(elsewhere.url))).toMatchObject({ code: 'certificate-untrusted', facts: { sha256 } })
  })

  it('is asked about again when another certificate is shown', async () => {
    let asked = 0
    const server = await keep(
      serveHttps(other, (_, response) => {
        asked += 1
        response.end()
      }),
    )
    const trusting = createFetch({ ...parts, trustedCertificate: () => stranger.cert })
    expect(await failure(trusting(server.url))).toMatchObject({
      code: 'certificate-untrusted',
      facts: { why: 'changed' },
    })
    expect(asked).toBe(0)
  })
})

describe('a proxy', () => {
  let identity: Identity
  beforeAll(() => {
    identity = makeCertificate('localhost')
  })

  /** A proxy that leads every tunnel to one port, whatever was asked for. */
  const tunnel = (port: number, refuse: number | null = null) => {
    const asked: string[] = []
    const server = http.createServer()
    server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
      asked.push(`${request.url} ${request.headers.authorization ?? ''}`.trim())
      if (refuse !== null) {
        socket.end(`HTTP/1.1 ${refuse} No\r\nProxy-Authenticate: Basic realm="corp"\r\nContent-Length: 0\r\n\r\n`)
        return
      }
      const onward = net.connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        onward.pipe(socket).pipe(onward)
      })
      onward.on('error', () => socket.destroy())
    })
    return { asked, server: keep(listen(server)) }
  }
  const through = async (proxy: Promise<LoopbackServer>, pem: string | null = null) => {
    const { url } = await proxy
    return createFetch({ ...parts, proxyFor: async () => url, trustedCertificate: () => pem })
  }

  it('carries https by a tunnel, and certificates are checked in it', async () => {
    const target = await keep(serveHttps(identity, (request, response) => response.end(request.headers.host)))
    const { asked, server } = tunnel(target.port)
    expect(await failure((await through(server))('https://forge.test/x'))).toMatchObject({
      code: 'certificate-untrusted',
      facts: { host: 'forge.test:443', subject: 'CN=localhost, O=Example' },
    })
    const trusting = await through(server, identity.cert)
    expect(await (await trusting('https://forge.test/x')).text()).toBe('forge.test')
    expect(new Set(asked)).toEqual(new Set(['forge.test:443']))
  })

  it('does not hide a wrong name in a right chain, on any connection, whatever else is trusted', async () => {
    const authority = makeCertificate('Test Authority', null, true)
    const target = await keep(serveHttps(makeCertificate('forge.test', authority), (_, response) => response.end()))
    const { url } = await tunnel(target.port).server
    const roots = async () => tls.createSecureContext({ ca: [authority.cert] })
    for (const pem of [null, identity.cert]) {
      const fetching = createFetch({ ...parts, roots, proxyFor: async () => url, trustedCertificate: () => pem })
      const why = pem === null ? 'wrong-host' : 'changed'
      for (let i = 0; i < 2; i += 1) {
        expect(await failure(fetching('https://forge.test/'))).toMatchObject({
          code: 'certificate-untrusted',
          facts: { why },
        })
      }
    }
  })

  it('that wants a login is named, and learns nothing', async () => {
    const { asked, server } = tunnel(1, 407)
    const fetching = await through(server)
    const { host } = new URL((await server).url)
    const request = fetching('https://forge.test/', { headers: { authorization: 'Bearer secret' } })
    expect(await failure(request)).toMatchObject({ code: 'proxy-login', facts: { host: 'forge.test', proxy: host } })
    expect(asked).toEqual(['forge.test:443'])
  })

  it('is given no login, and nothing twice, because a host says 407', async () => {
    let requests = 0
    const target = await answer((_, response) => {
      requests += 1
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="office"' }).end()
    })
    const { url } = await tunnel(target.port).server
    const asked: string[] = []
    const fetching = createFetch({
      ...parts,
      proxyFor: async () => url,
      proxyLogin: async (proxy) => {
        asked.push(proxy)
        return { username: 'ada', password: new Secret('secret') }
      },
    })
    expect((await fetching('http://forge.test/', { method: 'POST', body: 'once' })).status).toBe(407)
    expect([requests, asked]).toEqual([1, []])
  })

  it('that refuses or is not there is named', async () => {
    expect(await failure((await through(tunnel(1, 502).server))('https://forge.test/'))).toMatchObject({
      code: 'unreachable',
      facts: { status: '502' },
    })
    const gone = await serveHttp(() => undefined)
    await gone.close()
    expect((await failure((await through(Promise.resolve(gone)))('https://forge.test/'))).code).toBe('unreachable')
    const strange = createFetch({ ...parts, proxyFor: async () => 'gopher://proxy.test' })
    expect((await failure(strange('https://forge.test/'))).code).toBe('unreachable')
  })

  it('is never used for this computer', async () => {
    const { url } = await answer((_, response) => response.end('direct'))
    const fetching = createFetch({ ...parts, proxyFor: async () => 'http://127.0.0.1:1' })
    expect(await (await fetching(url)).text()).toBe('direct')
  })

  it('may be SOCKS, which is given the name and not an address', async () => {
    const target = await answer((_, response) => response.end('by socks'))
    const asked: string[] = []
    const socks = net.createServer(async (socket) => {
      const [greeting] = (await once(socket, 'data')) as [Buffer]
      expect(greeting[0]).toBe(5)
      socket.write(Buffer.from([5, 0]))
      const [command] = (await once(socket, 'data')) as [Buffer]
      asked.push(command.subarray(5, 5 + (command[4] ?? 0)).toString())
      socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
      const onward = net.connect(target.port, '127.0.0.1')
      onward.pipe(socket).pipe(onward)
    })
    const { port } = await keep(listen(socks))
    const fetching = createFetch({ ...parts, proxyFor: async () => `socks5://127.0.0.1:${port}` })
    expect(await (await fetching('http://forge.test/')).text()).toBe('by socks')
    expect(asked).toEqual(['forge.test'])
  })
})
