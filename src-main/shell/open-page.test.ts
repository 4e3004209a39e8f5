import { expect, it } from 'vitest'
import { createOpenPage } from './open-page'

it('opens no more pages than a person does', async () => {
  let now = 0
  const opened: string[] = []
  const open = createOpenPage(
    async (url) => void opened.push(url),
    () => now,
  )
  const all = await Promise.allSettled(Array.from({ length: 1000 }, (_, index) => open(`https://a.test/${index}`)))
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(opened).toHaveLength(20)
  expect(refused).toHaveLength(980)
  expect(refused[0]).toMatchObject({ code: 'consent-withheld', facts: { why: 'pages' } })
  now += 60_000
  await open('https://a.test/later')
  expect(opened.at(-1)).toBe('https://a.test/later')
})
