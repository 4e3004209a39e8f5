import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCertificateReader, createFetch } from '../../network/create-fetch'
import { type Identity, makeCertificate } from '../../testing/certificates'
import { type LoopbackServer, listen, serveHttps } from '../../testing/loopback-server'
import { memoryStore } from '../../testing/memory-store'
import { type CertificateBook, createCertificateBook, type StoredCertificate } from './certificate-book'
import { createCertificateHandlers } from './handlers'

let first: Identity
let second: Identity
beforeAll(() => {
  first = makeCertificate('git.acme.dev')
  second = makeCertificate('git.acme.dev')
})

let folder: string
let book: CertificateBook
let servers: LoopbackServer[]
let requests: number
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificates-'))
  servers = []
  requests = 0
  const network = {
    userAgent: 'CloudAIPilot/test',
    proxyFor: async () => null,
    trustedCertificate: (host: string) => book.pem(host),
  }
  fetch = createFetch(network)
  book = createCertificateBook({
    store: memoryStore<readonly StoredCertificate[]>([]),
    folder: join(folder, 'trusted'),
    readPeer: createCertificateReader(network),
    now: () => 1_700_000_000_000,
  })
})
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()))
  await rm(folder, { recursive: true })
})

let fetch: ReturnType<typeof createFetch>
const answer: RequestListener = (_, response) => {
  requests += 1
  response.end('here')
}
const serve = async (identity: Identity) => {
  const server = await serveHttps(identity, answer)
  servers.push(server)
  return { ...server, host: new URL(server.url).host }
}

describe('certificates trusted by hand', () => {
  it('shows what a host shows, without asking it for anything', async () => {
    const { host } = await serve(first)
    const shown = await book.look(host)
    expect(shown).toMatchObject({ host, subject: 'CN=git.acme.dev, O=Example', issuer: 'CN=git.acme.dev, O=Example' })
    expect(shown.sha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(requests).toBe(0)
    expect(book.list()).toEqual([])
  })

  it('lets the host in, and only this one, until it is forgotten', async () => {
    const { url, host } = await serve(first)
    const other = await serve(first)
    await expect(fetch(url)).rejects.toMatchObject({ code: 'certificate-untrusted', facts: { host } })
    const { sha256 } = await book.look(host)
    const trusted = await book.trust(host, sha256)
    expect(trusted).toMatchObject({ host, sha256, trustedAt: 1_700_000_000_000 })
    expect(await (await fetch(url)).text()).toBe('here')
    await expect(fetch(other.url)).rejects.toMatchObject({ code: 'certificate-untrusted' })
    await book.forget(host)
    await expect(fetch(url)).rejects.toMatchObject({ code: 'certificate-untrusted', facts: { why: 'self-signed' } })
    expect(requests).toBe(1)
  })

  it('trusts nothing but the certificate that the person saw', async () => {
    const { host } = await serve(first)
    const seen = (await book.look((await serve(second)).host)).sha256
    await expect(book.trust(host, seen)).rejects.toMatchObject({ code: 'conflict', facts: { what: 'certificate' } })
    expect(book.list()).toEqual([])
  })

  it('lets nothing else in when the host shows another one, and takes that one’s place when asked', async () => {
    const server = https.createServer(first, answer)
    const running = await listen(server, 'https')
    servers.push(running)
    const { host } = new URL(running.url)
    await book.trust(host, (await book.look(host)).sha256)
    server.setSecureContext(second)
    await expect(fetch(running.url)).rejects.toMatchObject({ code: 'certificate-untrusted', facts: { why: 'changed' } })
    expect(requests).toBe(0)
    const { sha256 } = await book.look(host)
    await book.trust(host, sha256)
    expect(await (await fetch(running.url)).text()).toBe('here')
    expect(book.list()).toMatchObject([{ host, sha256 }])
  })

  it('gives git a file with that certificate and the public authorities', async () => {
    const { host } = await serve(first)
    expect(await book.caFile(host)).toBeNull()
    await book.trust(host, (await book.look(host)).sha256)
    const file = await book.caFile(host)
    const text = await readFile(file ?? '', 'utf8')
    expect(text.startsWith(book.pem(host)?.trim() ?? '-')).toBe(true)
    expect(text.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(50)
    expect(await book.caFile('127.0.0.1:1')).toBeNull()
  })

  it.each(['user@host', 'host/path', 'host?x', 'host#x', 'a b', '/', ''])('takes %j for no host', async (host) => {
    await expect(book.look(host)).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(book.trust(host, 'AA')).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(book.forget(host)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('has those looked at again whose trust has changed, and nobody else', async () => {
    const changed: string[] = []
    const handlers = createCertificateHandlers(book, (host) => changed.push(host))
    const { host } = await serve(first)
    const { sha256 } = await handlers.look({ host })
    await expect(handlers.trust({ host, sha256: 'AA' })).rejects.toMatchObject({ code: 'conflict' })
    expect(changed).toEqual([])
    await handlers.trust({ host, sha256 })
    await handlers.forget({ host })
    expect(changed).toEqual([host, host])
  })
})
