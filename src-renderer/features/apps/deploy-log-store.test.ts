import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnnouncer } from '../../../e2e/preview/announcer'
import { Failure } from '../../../src-preload/contract/outcome'
import { createDeployLogStore, type LogLine } from './deploy-log-store'

const line = (index: number): LogLine => ({ phase: 'command', text: `line ${index}` })
const lines = (from: number, to: number): LogLine[] =>
  Array.from({ length: to - from }, (_, index) => line(from + index))
const of = { appId: 'p1', deployId: 'd1' }

/** A log of a known length that is read by pages of `page` lines. */
const followed = (length: number, page = 2000) => {
  const { on, announce } = createAnnouncer()
  const disk = { length }
  const calls: number[] = []
  const log = createDeployLogStore(
    {
      on,
      apps: {
        log: async ({ from = 0 }) => {
          calls.push(from)
          return { ...of, from, lines: lines(from, Math.min(disk.length, from + page)) }
        },
      },
    },
    of,
  )
  const stop = log.start()
  const grow = (from: number, to: number) => {
    disk.length = Math.max(disk.length, to)
    announce('deploys.log', { ...of, from, lines: lines(from, to) })
  }
  return { ...log, grow, announce, stop, calls, state: log.store.getState }
}

const whole = (length: number) => lines(0, length)

describe('the log of a deploy', () => {
  it('is read to its end page by page', async () => {
    const { state, calls } = followed(4_500)
    await expect.poll(() => state().read).toBe(true)
    expect(state().lines).toEqual(whole(4_500))
    expect(calls).toEqual([0, 2_000, 4_000, 4_500])
  })

  it('tells in words what was left out', async () => {
    const { state, announce } = followed(1)
    await expect.poll(() => state().read).toBe(true)
    announce('deploys.log', { ...of, from: 1, lines: [{ phase: 'command', text: '', cutBytes: 199_000_000 }] })
    expect(state().lines.at(-1)).toEqual({ phase: 'command', text: '… 199 MB cut …', cutBytes: 199_000_000 })
  })

  it('goes on with what is announced', async () => {
    const { state, grow } = followed(3)
    await expect.poll(() => state().read).toBe(true)
    grow(3, 5)
    expect(state().lines).toEqual(whole(5))
  })

  it('takes lines that come twice only once', async () => {
    const { state, grow } = followed(4)
    await expect.poll(() => state().read).toBe(true)
    grow(2, 4)
    grow(0, 3)
    grow(3, 6)
    expect(state().lines).toEqual(whole(6))
  })

  it('reads what is missing when an announcement is too early', async () => {
    const { state, grow } = followed(3)
    await expect.poll(() => state().read).toBe(true)
    grow(10, 12)
    await expect.poll(() => state().lines.length).toBe(12)
    expect(state().lines).toEqual(whole(12))
  })

  it('leaves other deploys alone', async () => {
    const { state, announce } = followed(1)
    await expect.poll(() => state().read).toBe(true)
    announce('deploys.log', { appId: 'p1', deployId: 'd2', from: 1, lines: [line(1)] })
    announce('deploys.log', { appId: 'p2', deployId: 'd1', from: 1, lines: [line(1)] })
    expect(state().lines).toHaveLength(1)
  })

  it('says why it could not be read, and can be read again', async () => {
    const { on } = createAnnouncer()
    let broken = true
    const log = createDeployLogStore(
      {
        on,
        apps: {
          log: async ({ from = 0 }) => {
            if (broken) throw new Failure('unreachable')
            return { ...of, from, lines: lines(from, 2) }
          },
        },
      },
      of,
    )
    log.start()
    await expect.poll(() => log.store.getState().failure?.code).toBe('unreachable')
    broken = false
    await log.load()
    expect(log.store.getState()).toEqual({ lines: whole(2), read: true, failure: null })
  })

  it('ends up whole whatever pieces come in which order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(60), fc.nat(20)), { maxLength: 12 }),
        fc.nat(30),
        fc.integer({ min: 1, max: 9 }),
        async (pieces, length, page) => {
          const { state, grow, load, stop } = followed(length, page)
          for (const [from, count] of pieces) grow(from, from + count)
          await load()
          stop()
          const end = pieces.reduce((most, [from, count]) => Math.max(most, from + count), length)
          await expect.poll(() => state().lines.length, { interval: 1 }).toBe(end)
          expect(state().lines).toEqual(whole(end))
        },
      ),
      { numRuns: 60 },
    )
  })
})
