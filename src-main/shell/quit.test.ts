import { describe, expect, it } from 'vitest'
import { fixedClock } from '../testing/fixed-clock'
import { createQuit, quitLimitsMs, type Steps } from './quit'

const never = () => new Promise<never>(() => undefined)
/** Lets everything run that only waits for its turn. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

const bench = (work: Steps, writes: Steps = {}) => {
  const clock = fixedClock()
  const from = clock.now()
  const events: string[] = []
  const facts: unknown[] = []
  const at = (text: string) => events.push(`${clock.now() - from} ${text}`)
  const named = (steps: Steps): Steps =>
    Object.fromEntries(
      Object.entries(steps).map(([name, step]) => [
        name,
        () => {
          at(name)
          return step()
        },
      ]),
    )
  const quit = createQuit({
    clock,
    log: { info: (_message, given) => facts.push(given), warn: (message) => at(message) },
    killAfter: (limitMs) => at(`kill after ${limitMs}`),
    work: named(work),
    writes: named(writes),
    exit: () => at('exit'),
  })
  return { clock, events, facts, quit, at }
}

describe('the end of the app', () => {
  it('ends what runs, then what is written, then the process, without waiting where there is nothing to wait for', async () => {
    const { quit, events, facts } = bench({ git: async () => 1, ssh: async () => 2 }, { vault: async () => 3 })
    quit()
    await settle()
    expect(events).toEqual([`0 kill after ${quitLimitsMs.process}`, '0 git', '0 ssh', '0 vault', '0 exit'])
    expect(facts).toEqual([{ milliseconds: 0, unfinished: [] }])
  })

  it('takes its time and no more when everything hangs, and says what did', async () => {
    const { quit, events, facts, clock } = bench({ git: never, ssh: never }, { vault: never, stores: never })
    quit()
    await settle()
    clock.advance(quitLimitsMs.work)
    await settle()
    clock.advance(quitLimitsMs.writes - quitLimitsMs.work - 1)
    await settle()
    expect(events).not.toContain(`${quitLimitsMs.writes} exit`)
    clock.advance(1)
    await settle()
    expect(events.slice(1)).toEqual([
      '0 git',
      '0 ssh',
      `${quitLimitsMs.work} vault`,
      `${quitLimitsMs.work} stores`,
      `${quitLimitsMs.writes} exit`,
    ])
    expect(facts).toEqual([{ milliseconds: quitLimitsMs.writes, unfinished: ['git', 'ssh', 'vault', 'stores'] }])
    expect(quitLimitsMs.writes).toBeLessThan(quitLimitsMs.process)
    expect(quitLimitsMs.process).toBeLessThanOrEqual(3000)
  })

  it('waits for a renewal whose answer comes in time, and writes it before it goes', async () => {
    let answer = () => {}
    let kept = false
    const renewal = () =>
      new Promise<void>((resolve) => {
        answer = resolve
      }).then(() => {
        kept = true
      })
    const { quit, events, clock } = bench(
      { renewals: renewal, git: async () => 1 },
      { vault: async () => expect(kept).toBe(true) },
    )
    quit()
    await settle()
    clock.advance(quitLimitsMs.work - 1)
    answer()
    await settle()
    expect(kept).toBe(true)
    expect(events.slice(-2)).toEqual([`${quitLimitsMs.work - 1} vault`, `${quitLimitsMs.work - 1} exit`])
  })

  it('goes on past a part that fails, also at once', async () => {
    const { quit, events } = bench({
      git: () => {
        throw new Error('no')
      },
      ssh: () => Promise.reject(new Error('no')),
    })
    quit()
    await settle()
    expect(events.filter((event) => event.endsWith('did not end well'))).toHaveLength(2)
    expect(events.at(-1)).toBe('0 exit')
  })

  it('happens once, however often it is asked for', async () => {
    const { quit, events } = bench({ git: async () => 1 })
    quit()
    quit()
    await settle()
    quit()
    await settle()
    expect(events.filter((event) => event.endsWith('exit'))).toHaveLength(1)
  })

  it('counts from when it was asked for', async () => {
    const { quit, events, clock } = bench({ git: never }, { vault: never })
    quit(1000)
    await settle()
    expect(events[0]).toBe(`0 kill after ${quitLimitsMs.process - 1000}`)
    clock.advance(quitLimitsMs.work - 1000)
    await settle()
    clock.advance(quitLimitsMs.writes - quitLimitsMs.work)
    await settle()
    expect(events.at(-1)).toBe(`${quitLimitsMs.writes - 1000} exit`)
  })
})
