import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ProxyAlone, startProxy } from './proxy-alone'
import { hang, requestOf, send, statusOf } from './receiver-under-attack'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const within = { timeout: 10_000, interval: 20 }
const path = '/hooks/00ff'
const push = requestOf(path, { 'Content-Type': 'application/json' }, Buffer.from('{}'))

let proxy: ProxyAlone
const start = async (options: Parameters<typeof startProxy>[0] = {}) => {
  proxy = await startProxy(options)
  await vi.waitFor(() => expect(proxy.isReady()).toBe(true), within)
}
describe('one opinion of where a request ends', () => {
  beforeAll(() => start())
  afterAll(() => proxy.close())

  it.each([
    ['two lengths that agree', 'POST P HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}', 400],
    ['a list of lengths', 'POST P HTTP/1.1\r\nHost: a\r\nContent-Length: 2, 2\r\n\r\n{}', 400],
    ['a signed length', 'POST P HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\n{}', 400],
    [
      'a length and chunks',
      'POST P HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'two codings',
      'POST P HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'a coding twice in a list',
      'POST P HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n',
      501,
    ],
    [
      'a coding behind a tab of another kind',
      'POST P HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['chunks in HTTP/1.0', 'POST P HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['a folded line', 'POST P HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n', 400],
    ['a blank before the colon', 'POST P HTTP/1.1\r\nHost: a\r\nContent-Length : 2\r\n\r\n{}', 400],
    ['a blank in a name', 'POST P HTTP/1.1\r\nHost: a\r\nContent Length: 2\r\n\r\n{}', 400],
    ['a lone CR', 'POST P HTTP/1.1\r\nHost: a\rContent-Length: 2\r\n\r\n{}', 400],
    ['a NUL', 'POST P HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n', 400],
    ['two hosts', 'POST P HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400],
    ['another version', 'POST P HTTP/2.0\r\nHost: a\r\n\r\n', 400],
    ['an absolute address', 'POST http://other.example/hooks/00ff HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    [
      'a chunk whose size has a sign',
      'POST P HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n',
      400,
    ],
    [
      'a chunk that is longer than it says',
      'POST P HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n',
      400,
    ],
    [
      'an endless extension of a chunk',
      `POST P HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(300)}`,
      400,
    ],
    ['a head of many lines', `POST P HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(4000)}\r\n`, 431],
  ])('refuses %s, and hands nothing on', async (_, request, status) => {
    expect(statusOf(await send(proxy.port, Buffer.from(request.replace(' P ', ` ${path} `), 'latin1')))).toBe(status)
    expect(proxy.given()).toEqual([])
  })

  it('hands on one request of a connection, in its own words', async () => {
    const smuggled = `POST ${path}1 HTTP/1.1\r\nHost: b\r\nContent-Length: 0\r\n\r\n`
    const chunked =
      `POST ${path} HTTP/1.1\nHost: a\nContent-Type: multipart/json; boundary=x\nExpect: 100-continue\nConnection: X-A\n` +
      `X-A:\t1 \nTransfer-Encoding: Chunked\n\n1;a=b\r\n{\r\n1 \r\n}\r\n0\r\nContent-Length: 9\r\n\r\n`
    const told =
      `POST ${path} HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n` +
      'Connection: close\r\n\r\n{}'
    expect(statusOf(await send(proxy.port, Buffer.from(chunked + smuggled)))).toBe(200)
    const plain = `POST ${path} HTTP/1.0\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}`
    expect(statusOf(await send(proxy.port, Buffer.from(plain + smuggled)))).toBe(200)
    expect(proxy.given()).toEqual([
      told,
      told.replace('X-A: 1\r\n', '').replace('application/json', 'application/octet-stream'),
    ])
  })

  it('asks for the body of who waits to be asked, and answers who has closed its half', async () => {
    const socket = connect(proxy.port, '127.0.0.1')
    socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n`)
    const [asked] = await once(socket, 'data')
    expect(String(asked)).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    socket.end('{}')
    const [answer] = await once(socket, 'data')
    expect(statusOf(String(answer))).toBe(200)
  })

  it('spends no time on heads made to be slow to read', async () => {
    const heads = [`A: ${' '.repeat(16_000)}\x01`, `A: ${' a'.repeat(8000)}\x01`, `A: ${' '.repeat(16_000)}x`].map(
      (line) => Buffer.from(`POST ${path} HTTP/1.1\r\nHost: a\r\n${line}\r\n\r\n`, 'latin1'),
    )
    const before = proxy.ticks()
    await Promise.all(Array.from({ length: 30 }, (_, at) => send(proxy.port, heads[at % 3] ?? push)))
    expect(proxy.ticks() - before).toBeLessThan(100)
  })
})

describe('what fails around the proxy', () => {
  afterEach(() => proxy.close())

  it('is webhook that was killed: calls wait until it is back, also while the clock is set back', async () => {
    await start({ before: 'BEGIN { my $calls = 0; *CORE::GLOBAL::time = sub { CORE::time() - 3600 * $calls++ } }\n' })
    const first = proxy.behind()
    process.kill(first, 'SIGKILL')
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(proxy.port, push)))
    expect(answers.map(statusOf)).toEqual(Array.from({ length: 20 }, () => 200))
    expect(proxy.behind()).not.toBe(first)
  })

  it('is webhook that stays away: the proxy ends, so that a caller is not told that it was heard', async () => {
    await start()
    writeFileSync(join(proxy.folder, 'behind.cjs'), 'process.exit(1)')
    const answer = send(proxy.port, push)
    process.kill(proxy.behind(), 'SIGKILL')
    await once(proxy.process, 'exit')
    expect(proxy.errors()).toContain('error: webhook ended')
    expect([0, 200]).toContain(statusOf(await answer))
  })

  it('is a reload while webhook is away, which signals no other process', async () => {
    await start()
    const first = proxy.behind()
    process.kill(first, 'SIGKILL')
    rmSync(join(proxy.folder, 'pid'))
    await expect.poll(() => existsSync(join(proxy.folder, 'ready')), within).toBe(false)
    proxy.process.kill('SIGHUP')
    await expect.poll(proxy.isReady, within).toBe(true)
    await expect.poll(() => existsSync(join(proxy.folder, 'hung-up')), within).toBe(true)
    expect(readFileSync(join(proxy.folder, 'hung-up'), 'utf8')).toBe('x')
  })

  it('is a want of descriptors: the oldest that hang go, and it does not turn in a loop', async () => {
    await start()
    execFileSync('prlimit', ['--pid', String(proxy.pid), '--nofile=40:40'])
    const before = proxy.ticks()
    const hanging = await hang(proxy.port, 100, Buffer.from('POST'))
    try {
      expect(statusOf(await send(proxy.port, push))).toBe(200)
      expect(proxy.ticks() - before).toBeLessThan(50)
    } finally {
      hanging.close()
    }
  })

  it('is its own end: who waits in the queue is served, who can not be is told so', async () => {
    await start()
    const hold = join(proxy.folder, 'hold')
    writeFileSync(hold, '')
    const answers = Array.from({ length: 20 }, () => send(proxy.port, push))
    await expect.poll(() => proxy.given().length, within).toBe(8)
    proxy.process.kill('SIGTERM')
    rmSync(hold)
    expect((await Promise.all(answers)).map(statusOf)).toEqual(Array.from({ length: 20 }, () => 200))
  })

  it('is its own end while nothing moves behind it', async () => {
    await start()
    writeFileSync(join(proxy.folder, 'hold'), '')
    const answers = Array.from({ length: 20 }, () => send(proxy.port, push))
    await expect.poll(() => proxy.given().length, within).toBe(8)
    proxy.process.kill('SIGTERM')
    expect((await Promise.all(answers)).map(statusOf)).toEqual(Array.from({ length: 20 }, () => 503))
  })

  it('is a caller with an address of IPv6', async () => {
    await start({ address: '0.0.0.0' })
    const ask = async (host: string) => {
      const socket = connect(proxy.port, host)
      socket.write(push)
      const [answer] = await once(socket, 'data')
      return statusOf(String(answer))
    }
    expect(await ask('::1')).toBe(200)
    expect(await ask('127.0.0.1')).toBe(200)
  })
})
