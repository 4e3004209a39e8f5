import { EventEmitter, once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Client, ClientChannel } from 'ssh2'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../src-preload/contract/outcome'
import { fixedClock } from '../testing/fixed-clock'
import type { ExecResult, SshSession } from './session'
import { ChannelRefused, sessionOf } from './session-channel'
import { type ChannelLimit, createSessionPool } from './session-pool'

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
const answer = (text: string): ExecResult => ({ code: 0, stdout: Buffer.from(text), stderr: '' })

interface Running {
  readonly on: number
  /** Given up here; the server goes on with it. */
  left: boolean
  readonly end: (result: ExecResult | Error) => void
}

/**
 * A server that gives each connection so many channels, and takes so many connections. A command runs until it is ended
 * by its own text, also when it was cancelled here.
 */
const bench = (
  channels: number,
  { takes = Number.POSITIVE_INFINITY, ...parts }: { most?: number; again?: boolean; takes?: number } = {},
) => {
  const running = new Map<string, Running>()
  const left: number[] = []
  const cuts: (() => void)[] = []
  let connections = 0
  const connect = async (): Promise<SshSession> => {
    connections += 1
    const on = connections
    if (on > takes) throw new Failure('unreachable')
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
      exec: (command, { signal } = {}) =>
        new Promise((resolve, reject) => {
          if (own().length >= channels) {
            const left = own().filter((one) => one.left).length
            return reject(new ChannelRefused(own().length - left, left, had, Promise.resolve()))
          }
          had = true
          signal?.addEventListener('abort', () => {
            const one = running.get(command)
            if (one !== undefined) one.left = true
            reject(new Failure('cancelled'))
          })
          const end = (result: ExecResult | Error) => {
            running.delete(command)
            if (result instanceof Error) reject(result)
            else resolve(result)
          }
          running.set(command, { on, left: false, end })
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

  it('leave their turn when they are cancelled, and take no other’s', async () => {
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

  it('learn no number from a connection on which a command that was cancelled still counts', async () => {
    const { pool, limit, running, end, left } = bench(3)
    const stop = new AbortController()
    const first = pool.exec('a')
    const second = pool.exec('b', { signal: stop.signal })
    await settle()
    stop.abort()
    await expect(second).rejects.toMatchObject({ code: 'cancelled' })
    const others = ['c', 'd'].map((name) => pool.exec(name))
    await settle()
    expect(limit.channels).toBe(8)
    // The one that got no channel is on a connection of its own, and the first connection ends with its commands.
    expect([...running].map(([name, { on }]) => `${name}${on}`)).toEqual(['a1', 'b1', 'c1', 'd2'])
    for (const name of ['a', 'c', 'd']) await end(name)
    await Promise.all([first, ...others])
    expect(left).toEqual([1])
    pool.destroy()
  })

  it('get the answer of the connection that is opened for them, and are not tried one by one', async () => {
    const { pool, connections, end, limit } = bench(1, { most: Number.POSITIVE_INFINITY, takes: 1 })
    limit.channels = 1
    const first = pool.exec('a')
    const others = ['b', 'c', 'd'].map((name) => pool.exec(name).catch(({ code }: Failure) => code))
    expect(await Promise.all(others)).toEqual(['unreachable', 'unreachable', 'unreachable'])
    expect(connections()).toBe(2)
    await end('a')
    expect((await first).stdout.toString()).toBe('a')
    pool.destroy()
  })

  it('end with their connections, also those that wait, and no other is opened for them', async () => {
    const { pool, connections } = bench(1)
    const all = ['a', 'b', 'c'].map((name) => pool.exec(name).catch(({ code }: Failure) => code))
    await settle()
    pool.close()
    expect(await Promise.all([...all, pool.ready().catch(({ code }: Failure) => code)])).toEqual(
      Array.from({ length: 4 }, () => 'connection-closed'),
    )
    expect(connections()).toBe(1)
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

  it('leave a connection that was not used for a while', async () => {
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

describe('a connection', () => {
  const bench = () => {
    const answers: ((error: Error | undefined, channel: ClientChannel) => void)[] = []
    const client = Object.assign(new EventEmitter(), {
      exec: (_command: string, done: (typeof answers)[number]) => answers.push(done),
    })
    const session = sessionOf(client as unknown as Client, { host: 'h', port: 22, user: 'ada' })
    const stream = () => new PassThrough()
    const channel = Object.assign(stream(), { stderr: stream(), end: () => undefined, close: () => undefined })
    const answer = (index: number, error?: Error) => answers[index]?.(error, channel as unknown as ClientChannel)
    return { answers, answer, client, channel, session }
  }
  const refused = Object.assign(new Error('open failed'), { reason: 2 })

  it('asks for a channel again when another one has ended, and not before', async () => {
    const { answers, answer, session, client, channel } = bench()
    const first = session.exec('a')
    answer(0)
    const second = session.exec('b').catch(({ code }: Failure) => code)
    answer(1, refused)
    await settle()
    expect(answers).toHaveLength(2)
    channel.emit('exit', 0)
    channel.destroy()
    await first
    await settle()
    expect(answers).toHaveLength(3)
    client.emit('close')
    expect(await second).toBe('connection-closed')
  })

  it('leaves the channel of a command that was cancelled before it was there, whatever that says', async () => {
    const { answer, session, channel } = bench()
    const stop = new AbortController()
    const cancelled = session.exec('a', { signal: stop.signal })
    stop.abort()
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    let left = false
    channel.close = () => {
      left = true
    }
    channel.push('said')
    channel.push(null)
    answer(0)
    // It closes when what it holds has been read.
    await once(channel, 'end')
    channel.emit('close')
    expect(left).toBe(true)
    const next = session.exec('b', { mayBeRefused: true })
    answer(1, refused)
    await expect(next).rejects.toMatchObject({ open: 0, left: 1, had: true })
  })
})
