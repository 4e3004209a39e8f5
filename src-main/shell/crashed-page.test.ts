import { expect, it, vi } from 'vitest'
import { createCrashedPage } from './crashed-page'

/** A window that can crash, at a time of its own. */
const window = (answers: readonly boolean[] = []) => {
  let at = 0
  const left = [...answers]
  const reload = vi.fn()
  const ask = vi.fn(async () => left.shift() ?? false)
  const crashed = createCrashedPage({ reload, ask, log: { warn: () => undefined }, now: () => at })
  return {
    reload,
    ask,
    crash: (times: number) => {
      for (let time = 0; time < times; time += 1) crashed('crashed')
    },
    pass: (ms: number) => {
      at += ms
    },
  }
}

it('is loaded again, and after three times in a minute only when the person says so', async () => {
  const { reload, ask, crash } = window([true])
  crash(3)
  expect(reload).toHaveBeenCalledTimes(3)
  expect(ask).not.toHaveBeenCalled()
  crash(5)
  expect(ask).toHaveBeenCalledTimes(1)
  await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(4))
  crash(3)
  expect(reload).toHaveBeenCalledTimes(7)
})

it('is loaded again without a word where the crashes are far apart', () => {
  const { reload, ask, crash, pass } = window()
  for (let time = 0; time < 20; time += 1) {
    crash(1)
    pass(20_001)
  }
  expect(reload).toHaveBeenCalledTimes(20)
  expect(ask).not.toHaveBeenCalled()
})

it('stays as it is where the person quits', async () => {
  const { reload, ask, crash } = window([false])
  crash(4)
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(1))
  expect(reload).toHaveBeenCalledTimes(3)
})
