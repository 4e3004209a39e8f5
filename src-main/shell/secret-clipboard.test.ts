import { expect, it } from 'vitest'
import { createSecretClipboard } from './secret-clipboard'

const bench = () => {
  let text = ''
  let cleared = 0
  const timers: (() => void)[] = []
  const secrets = createSecretClipboard(
    {
      readText: () => text,
      writeText: (written) => {
        text = written
      },
      clear: () => {
        text = ''
        cleared += 1
      },
    },
    {
      after: (_ms, run) => {
        timers.push(run)
        return () => void timers.splice(timers.indexOf(run), 1)
      },
    },
  )
  return {
    secrets,
    timers,
    write: (other: string) => {
      text = other
    },
    now: () => ({ text, cleared }),
  }
}

it('takes a secret away again after its time', async () => {
  const { secrets, timers, now } = bench()
  await secrets.copy('whsec_1')
  expect(now()).toEqual({ text: 'whsec_1', cleared: 0 })
  await secrets.copy('whsec_2')
  expect(timers).toHaveLength(1)
  timers[0]?.()
  await Promise.resolve()
  await Promise.resolve()
  expect(now()).toEqual({ text: '', cleared: 1 })
})

it('leaves what the person copied since', async () => {
  const { secrets, timers, write, now } = bench()
  await secrets.copy('whsec_1')
  write('a shopping list')
  timers[0]?.()
  await Promise.resolve()
  await Promise.resolve()
  expect(now()).toEqual({ text: 'a shopping list', cleared: 0 })
})

it('takes it away when the app ends, and nothing that it did not copy', async () => {
  const { secrets, write, now } = bench()
  write('a shopping list')
  await secrets.clear()
  expect(now().cleared).toBe(0)
  await secrets.copy('whsec_1')
  await secrets.clear()
  expect(now()).toEqual({ text: '', cleared: 1 })
})
