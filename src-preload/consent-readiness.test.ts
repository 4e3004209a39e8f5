import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { settleMs } from './consent-messages'
import { createReadiness } from './consent-readiness'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const dialog = () => {
  const state = { read: true, ready: false }
  const readiness = createReadiness({
    isRead: () => state.read,
    enable: (ready) => {
      state.ready = ready
    },
  })
  return { state, readiness }
}

it('a dialog can be answered a moment after it was in sight', () => {
  const { state, readiness } = dialog()
  readiness.begin()
  vi.advanceTimersByTime(settleMs)
  expect(state.ready).toBe(false)
  vi.advanceTimersByTime(50)
  expect(state.ready).toBe(true)
  readiness.pressed()
  expect(state.ready).toBe(true)
})

it('somebody who goes on clicking or typing as it comes up answers nothing', () => {
  const { state, readiness } = dialog()
  readiness.begin()
  for (let time = 0; time < 20; time += 1) {
    vi.advanceTimersByTime(settleMs / 2)
    expect(state.ready).toBe(false)
    readiness.pressed()
  }
  vi.advanceTimersByTime(settleMs + 50)
  expect(state.ready).toBe(true)
})

it('waits until all of it was in sight', () => {
  const { state, readiness } = dialog()
  state.read = false
  readiness.begin()
  vi.advanceTimersByTime(settleMs * 10)
  expect(state.ready).toBe(false)
  state.read = true
  readiness.begin()
  vi.advanceTimersByTime(settleMs + 50)
  expect(state.ready).toBe(true)
})

it('waits anew when it comes back in front', () => {
  const { state, readiness } = dialog()
  readiness.begin()
  vi.advanceTimersByTime(settleMs + 50)
  readiness.begin()
  expect(state.ready).toBe(false)
})
