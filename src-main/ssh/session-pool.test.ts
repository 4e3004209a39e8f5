import { describe, expect, it } from 'vitest'
import { Failure } from '../../src-preload/contract/outcome'
import { fixedClock } from '../testing/fixed-clock'
import type { ExecResult, SshSession } from './session'
import { ChannelRefused } from './session-channel'
import { type ChannelLimit, createSessionPool } from './session-pool'

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
const answer = (text: string): ExecResult => ({ code: 0, stdout: Buffer.from(text), stderr: '' })

/** A server that gives each connection so many channels. A command runs until it is ended by its own text. */
const bench = (channels: number, parts: { most?: number; again?: boolean } = {}) => {
  const running = new Map<string, { readonly on: number; readonly end: (result: ExecResult | Error) => void }>()
  const left: number[] = []
  const cuts: (() => void)[] = []
  let connections = 0
  const connect = async (): Promise<SshSession> => {
    connections += 1
    const on = connections
    let alive = true
    let had = false
    const own = () => [...running.values()].filter((one) => one.on === on)
    let over = () => {}
    const ended = new Promise<void>((resolve) => {
      over = resolve
    })
    const close = () => {
      if (!alive) return
      alive = false
      left.push(on)
      over()
      for (const { end } of own()) end(new Failure('connection-closed'))
    }
    cuts[on] = close
    return {
      ended,
      alive: () => alive,
      close,
      destroy: close,
      exec: (command) =>
        new Promise((resolve, reject) => {
          if (own().length >= channels) return reject(new ChannelRefused(own().length, had, Promise.resolve()))
          had = true
          const end = (result: ExecResult | Error) => {
            running.delete(command)
            if (result instanceof Error) reject(result)
            else resolve(result)
          }
          running.set(command, { on, end })
        }),
    }
  }
  const clock = fixedClock()
  const limit: ChannelLimit = { channels: 8 }
  const pool = createSessionPool({ connect, host: 'h', limit, most: 1, again: true, idleMs: 1000, clock, ...parts })
  const end = async (command: string) => {
    running.get(command)?.end(answer(command))
    await settle()
  }
  return { pool, limit, clock, running, left, end, cut: (on: number) => cuts[on]?.(), connections: () => connections }
}

describe('commands that share connections', () => {
  it.each([1, 2, 3])(
    'wait above the %i channels that a server gives, in their order, and none is lost',
    async (channels) => {
      const { pool, limit, running, end, connections, left } = bench(channels)
      const names = ['a', 'b', 'c', 'd', 'e', 'f']
      const results = names.map(async (name) => (await pool.exec(name)).stdout.toString())
      await settle()
      expect([...running.keys()]).toEqual(names.slice(0, channels))
      expect(limit.channels).toBe(channels)
      for (const name of names) await end(name)
      expect(await Promise.all(results)).toEqual(names)
      expect(connections()).toBe(1)
      expect(left).toEqual([])
    },
  )

  it('open another connection where they go on for long', async () => {
    const { pool, running, connections } = bench(1, { most: Number.POSITIVE_INFINITY, again: false })
    for (const name of ['a', 'b', 'c']) void pool.exec(name).catch(() => undefined)
    await settle()
    expect([...running.keys()]).toEqual(['a', 'b', 'c'])
    expect(connections()).toBe(3)
    pool.destroy()
  })

  it('leave their turn when they are cancelled, and take nobody else’s', async () => {
    const { pool, running, end } = bench(1)
    const stop = new AbortController()
    const first = pool.exec('a')
    await settle()
    const second = pool.exec('b', { signal: stop.signal })
    const third = pool.exec('c')
    await settle()
    stop.abort()
    await expect(second).rejects.toMatchObject({ code: 'cancelled' })
    await end('a')
    expect([...running.keys()]).toEqual(['c'])
    await end('c')
    await Promise.all([first, third])
  })

  it('say so where a server gives no channel at all', async () => {
    const { pool } = bench(0)
    await expect(pool.exec('a')).rejects.toMatchObject({
      code: 'shell-refused',
      facts: { why: 'no-channel', host: 'h' },
    })
  })

  it('run again once where a good connection turns out to be dead, and only where they may', async () => {
    for (const again of [true, false]) {
      const { pool, end, cut, running, connections } = bench(2, { again })
      const first = pool.exec('a')
      await settle()
      await end('a')
      await first
      const second = pool.exec('b')
      const outcome = second.then(
        () => 'ended',
        ({ code }: Failure) => code,
      )
      await settle()
      cut(1)
      await settle()
      expect([...running.keys()]).toEqual(again ? ['b'] : [])
      await end('b')
      expect(await outcome).toBe(again ? 'ended' : 'connection-closed')
      expect(connections()).toBe(again ? 2 : 1)
    }
  })

  it('leave a connection that nobody used for a while', async () => {
    const { pool, clock, left } = bench(2)
    await pool.ready()
    clock.advance(999)
    await settle()
    expect(left).toEqual([])
    clock.advance(1)
    await settle()
    expect(left).toEqual([1])
  })
})
