import { describe, expect, it } from 'vitest'
import { fixedClock } from '../../testing/fixed-clock'
import { createAlarm } from './alarm'

const minute = 60_000

const setUp = () => {
  const clock = fixedClock()
  const rung: number[] = []
  const jumps: number[] = []
  const start = clock.now()
  let due: number | null = null
  let ahead = 0
  const now = () => clock.now() + ahead
  const alarm = createAlarm({
    clock: { now, after: clock.after },
    monotonic: () => clock.now(),
    due: () => due,
    ring: () => {
      rung.push(now() - start)
      due = null
    },
    jumped: () => jumps.push(now() - start),
  })
  alarm.start()
  return {
    clock,
    rung,
    jumps,
    alarm,
    setDue: (ms: number) => {
      due = start + ms
      alarm.set()
    },
    /** Moves the wall clock alone: no timer fires, as while a computer sleeps or when somebody sets the clock. */
    moveWall: (ms: number) => {
      ahead += ms
    },
  }
}

describe('an alarm', () => {
  it('rings when it is time, and once', () => {
    const { clock, rung, setDue } = setUp()
    setDue(45 * minute)
    clock.advance(44 * minute)
    expect(rung).toEqual([])
    clock.advance(60 * minute)
    expect(rung).toEqual([45 * minute])
  })

  it('rings at most half a minute late after the computer slept, and tells that it did', () => {
    const { clock, rung, jumps, setDue, moveWall } = setUp()
    setDue(20 * minute)
    clock.advance(minute)
    moveWall(60 * minute)
    clock.advance(minute / 2)
    expect(rung).toEqual([61.5 * minute])
    expect(jumps).toEqual([61.5 * minute])
  })

  it('notices that the clock was set, either way, and no more than that', () => {
    const { clock, jumps, moveWall } = setUp()
    clock.advance(5 * minute)
    moveWall(-24 * 60 * minute)
    clock.advance(minute)
    moveWall(24 * 60 * minute)
    clock.advance(minute)
    expect(jumps).toHaveLength(2)
    moveWall(minute / 2)
    clock.advance(minute)
    expect(jumps).toHaveLength(2)
  })

  it('is silent when it is stopped', () => {
    const { clock, rung, alarm, setDue } = setUp()
    setDue(minute)
    alarm.stop()
    clock.advance(5 * minute)
    expect(rung).toEqual([])
    expect(clock.waiting).toBe(0)
  })
})
