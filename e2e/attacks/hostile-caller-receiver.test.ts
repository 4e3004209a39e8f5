import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type AttackedReceiver, attackedReceiver, hang, pour, requestOf, send, statusOf } from './receiver-under-attack'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const megabyte = 1_000_000
const bound = 150 * megabyte

let attacked: AttackedReceiver
beforeAll(async () => {
  attacked = await attackedReceiver()
})
afterAll(async () => {
  await attacked.close()
})

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))
const hookLog = () => {
  const file = join(attacked.bench.server.home, '.cloudaipilot', attacked.path, 'log')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
}

describe('a receiver that strangers call', () => {
  it('takes 500 signed pushes at once, answers each when it is on the disk, and loses none', async () => {
    const { port, app, push } = attacked
    const { result, peakBytes } = await attacked.measure(() => Promise.all(times(500, () => send(port, push()))))
    expect(result.map(statusOf).filter((status) => status !== 202)).toEqual([])
    expect(result.filter((answer) => !answer.endsWith('deployed\n'))).toEqual([])
    const rows = hookLog().map((line) => line.split('\t'))
    expect(new Set(rows.map(([, delivery]) => delivery)).size).toBe(500)
    expect(rows.every(([, , , outcome]) => outcome === 'deployed')).toBe(true)
    // Each names the deploy that it started or joined, and what was waiting was joined.
    const deploys = readdirSync(join(app.folder, '.deploy/deploys'))
    for (const [, , , , id] of rows) expect(deploys).toContain(id)
    expect(deploys.length).toBeLessThan(100)
    expect(peakBytes).toBeLessThan(bound)
    await expect.poll(() => existsSync(join(app.folder, 'current/a')), { timeout: 30_000, interval: 50 }).toBe(true)
  })

  it('stays small while 40 send 60 MB each, with a length and in chunks, and serves the honest one', async () => {
    const { port, path, push } = attacked
    const head = `POST ${path} HTTP/1.1\r\nHost: server.example\r\nX-Hub-Signature-256: sha256=00\r\n`
    const piece = Buffer.alloc(65_536, 0x20)
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')])
    const { result, peakBytes } = await attacked.measure(async () => {
      const attack = times(40, (at) =>
        at % 2 === 0
          ? pour(port, `${head}Content-Length: 60000000\r\n\r\n`, piece, 916)
          : pour(port, `${head}Transfer-Encoding: chunked\r\n\r\n`, chunk, 916, '0\r\n\r\n'),
      )
      const honest = await send(port, push())
      return { honest, answers: await Promise.all(attack) }
    })
    expect(statusOf(result.honest)).toBe(202)
    const statuses = result.answers.map(statusOf)
    expect(statuses.filter((_, at) => at % 2 === 0)).toEqual(times(20, () => 413))
    // Chunks tell only later how many they are; of those that wait too long for a place the time is over before.
    expect(statuses.filter((status) => status !== 413 && status !== 408)).toEqual([])
    expect(peakBytes).toBeLessThan(bound)
  })

  it('stays small while 40 send the most that is taken, in a form that grows when it is read', async () => {
    const { port, path, push } = attacked
    const filled = (size: number, part: string) => `[${part.repeat(Math.floor(size / part.length) - 1)}0]`
    const bodies = [256 * 1024, 8 * 1024 * 1024].flatMap((size) =>
      ['0,', '{"":0},', '[[]],', '"\\u0041",', '{"a":{"b":{}}},'].map((part) => Buffer.from(filled(size, part))),
    )
    const attack = bodies.map((body) => requestOf(path, { 'Content-Type': 'application/json' }, body))
    const { result, peakBytes } = await attacked.measure(async () => {
      const answers = times(40, (at) => send(port, attack[at % attack.length] ?? Buffer.alloc(0)))
      const honest = await send(port, push())
      return { honest, answers: await Promise.all(answers) }
    })
    expect(statusOf(result.honest)).toBe(202)
    expect(result.answers.filter((answer) => statusOf(answer) < 300)).toEqual([])
    expect(result.answers.map(statusOf)).toContain(403)
    expect(peakBytes).toBeLessThan(bound)
  })

  it('starts no program for a burst of unsigned calls, and lets the honest one through', async () => {
    const { port, path, push } = attacked
    const body = Buffer.from('{"ref":"refs/heads/main"}')
    const unsigned = requestOf(path, { 'X-Hub-Signature-256': `sha256=${'0'.repeat(64)}` }, body)
    const elsewhere = requestOf('/hooks/0000', {}, body)
    const { result, mostProcesses } = await attacked.measure(async () => {
      const answers = times(600, (at) => send(port, at % 3 === 0 ? elsewhere : unsigned))
      return { honest: await send(port, push()), answers: await Promise.all(answers) }
    })
    expect(statusOf(result.honest)).toBe(202)
    expect(new Set(result.answers.map(statusOf))).toEqual(new Set([403, 404]))
    // The proxy, webhook, and what the honest call needs for a moment.
    expect(mostProcesses).toBeLessThan(12)
  })

  it('serves the honest one while 200 hang in their heads and 200 in their bodies', async () => {
    const { port, path, push } = attacked
    const inHead = await hang(port, 200, Buffer.from(`POST ${path} HTTP/1.1\r\nHost: a`))
    const inBody = await hang(
      port,
      200,
      Buffer.from(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n{`),
    )
    const inLarge = await hang(
      port,
      20,
      Buffer.from(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 4000000\r\n\r\n{`),
    )
    try {
      const { result, peakBytes } = await attacked.measure(() => send(port, push()))
      expect(statusOf(result)).toBe(202)
      expect(peakBytes).toBeLessThan(bound)
    } finally {
      inHead.close()
      inBody.close()
      inLarge.close()
    }
  })

  it.each([
    ['a length beside chunks', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x', 400],
    ['a length that is none', 'Content-Length: -1\r\n\r\n', 400],
    ['a length beyond every number', `Content-Length: ${'9'.repeat(15)}\r\n\r\n`, 413],
    ['a chunk beyond every number', 'Transfer-Encoding: chunked\r\n\r\nffffffff\r\n', 413],
    ['a chunk that is none', 'Transfer-Encoding: chunked\r\n\r\nxyz\r\n', 400],
    ['another coding', 'Transfer-Encoding: gzip, chunked\r\n\r\n', 501],
    ['a folded header', 'X-A: 1\r\n b\r\n\r\n', 400],
    ['a header without an end', `X-A: ${'a'.repeat(20_000)}`, 431],
  ])('refuses %s', async (_, rest, status) => {
    const { port, path } = attacked
    expect(statusOf(await send(port, Buffer.from(`POST ${path} HTTP/1.1\r\nHost: a\r\n${rest}`)))).toBe(status)
  })
})
