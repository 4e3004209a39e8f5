import { expect, it } from 'vitest'
import { createPageClipboard } from './page-clipboard'

it('is written to by a page only in front, and no more often than a person does', async () => {
  let at = 0
  let inFront = true
  const copied: string[] = []
  const guard = createPageClipboard(
    () => inFront,
    () => at,
  )
  const copy = guard(async (text) => void copied.push(text))
  const copySecret = guard(async () => void copied.push('a secret'))
  await copySecret('x')
  const all = await Promise.allSettled(Array.from({ length: 1000 }, (_, index) => copy(String(index))))
  expect(copied).toHaveLength(30)
  expect(all.at(-1)).toMatchObject({ reason: { code: 'consent-withheld', facts: { why: 'copies' } } })
  at += 60_000
  inFront = false
  await expect(copy('behind')).rejects.toMatchObject({ code: 'consent-withheld', facts: { why: 'behind' } })
  inFront = true
  await copy('later')
  expect(copied.at(-1)).toBe('later')
})
