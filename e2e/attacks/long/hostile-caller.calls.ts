import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type AttackedReceiver, attackedReceiver, hang, requestOf, send, statusOf } from '../receiver-under-attack'

vi.setConfig({ testTimeout: 150_000, hookTimeout: 60_000 })

const bound = 150_000_000

let attacked: AttackedReceiver
beforeAll(async () => {
  attacked = await attackedReceiver()
})
afterAll(async () => {
  await attacked.close()
})

it('3,000 connections that hang leave room for the honest one', async () => {
  const { port, path, push } = attacked
  const beginnings = [
    '',
    'P',
    `POST ${path} HTTP/1.1\r\n`,
    `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n{`,
  ]
  const { result, peakBytes } = await attacked.measure(async () => {
    const hanging = []
    const answers: string[] = []
    for (let round = 0; round < 10; round += 1) {
      for (const beginning of beginnings) hanging.push(await hang(port, 75, Buffer.from(beginning)))
      answers.push(await send(port, push()))
    }
    for (const { close } of hanging) close()
    return answers
  })
  expect(result.map(statusOf)).toEqual(Array.from({ length: 10 }, () => 202))
  expect(peakBytes).toBeLessThan(bound)
})

it('200 unsigned calls a second for half a minute start no program, and every honest one gets through', async () => {
  const { port, path, push } = attacked
  const unsigned = requestOf(path, { 'X-Hub-Signature-256': `sha256=${'0'.repeat(64)}` }, Buffer.from('{}'))
  const { result, peakBytes, mostProcesses } = await attacked.measure(async () => {
    const refused: Promise<string>[] = []
    const honest: Promise<string>[] = []
    const until = Date.now() + 30_000
    while (Date.now() < until) {
      for (let count = 0; count < 20; count += 1) refused.push(send(port, unsigned))
      if (refused.length % 200 === 0) honest.push(send(port, push()))
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return { refused: await Promise.all(refused), honest: await Promise.all(honest) }
  })
  expect(result.honest.filter((answer) => statusOf(answer) !== 202)).toEqual([])
  expect(new Set(result.refused.map(statusOf))).toEqual(new Set([403]))
  expect(mostProcesses).toBeLessThan(16)
  expect(peakBytes).toBeLessThan(bound)
})
