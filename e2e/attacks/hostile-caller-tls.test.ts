import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { makeCertificate } from '../../src-main/testing/certificates'
import { type AttackedReceiver, attackedReceiver, hang, statusOf } from './receiver-under-attack'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let attacked: AttackedReceiver
beforeAll(async () => {
  const { key, cert } = makeCertificate('127.0.0.1')
  attacked = await attackedReceiver((home, own) => {
    for (const [name, text] of Object.entries({ 'chain.pem': cert, 'key.pem': key })) {
      writeFileSync(join(home, name), text)
      own(join(home, name))
    }
    return [
      ['chain', join(home, 'chain.pem')],
      ['private', join(home, 'key.pem')],
    ]
  })
})
afterAll(async () => {
  await attacked.close()
})

const send = (bytes: Buffer): Promise<string> =>
  new Promise((resolve) => {
    const socket = connectTls({ host: '127.0.0.1', port: attacked.port, rejectUnauthorized: false })
    let text = ''
    socket.setEncoding('latin1').on('data', (part: string) => {
      text += part
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text))
    socket.write(bytes)
  })
const head = (length: number) =>
  `POST ${attacked.path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`

it('serves honest ones through its own TLS, beside callers that hang and callers that send much', async () => {
  const silent = await hang(attacked.port, 100, Buffer.from([0x16, 0x03, 0x01]))
  const { result, peakBytes } = await attacked.measure(async () => {
    const large = Array.from({ length: 20 }, (_, at) => {
      const size = at % 2 === 0 ? 60_000_000 : 500_000
      return send(Buffer.concat([Buffer.from(head(size)), Buffer.alloc(Math.min(size, 2_000_000), '<a/>')]))
    })
    const honest = await Promise.all(Array.from({ length: 20 }, () => send(attacked.push())))
    return { honest, large: await Promise.all(large) }
  })
  silent.close()
  expect(result.honest.map(statusOf)).toEqual(Array.from({ length: 20 }, () => 202))
  expect(result.large.filter((answer) => /^HTTP\/1\.1 2/.test(answer))).toEqual([])
  expect(peakBytes).toBeLessThan(150_000_000)
  const log = readFileSync(join(attacked.bench.server.home, '.cloudaipilot', attacked.path, 'log'), 'utf8')
  expect(log.match(/\tdeployed\t/g)).toHaveLength(20)
})
