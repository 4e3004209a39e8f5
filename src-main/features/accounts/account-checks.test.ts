import { beforeEach, expect, it } from 'vitest'
import { type TestAccounts, testAccounts } from '../../testing/test-accounts'

let test: TestAccounts
let id: string
beforeEach(async () => {
  test = testAccounts()
  ;({ id } = await test.connect())
})

const asked = () => ({ renewals: test.forge.refreshes.length, checks: test.forge.userCalls.length })

it('makes one check of a thousand that are asked for at once, and tells everybody what it found', async () => {
  const { accounts } = test
  const before = asked()
  const answers = await Promise.all(Array.from({ length: 1000 }, () => accounts.handlers.refresh({ id })))
  expect(asked()).toEqual({ renewals: before.renewals + 1, checks: before.checks + 1 })
  expect(answers.every((account) => account.id === id && account.state === 'connected')).toBe(true)

  await accounts.handlers.refresh({ id })
  expect(asked()).toEqual({ renewals: before.renewals + 2, checks: before.checks + 2 })
})

it('follows a check that renews nothing with one that does, once for everybody who asks for it', async () => {
  const { accounts } = test
  const before = asked()
  const quiet = accounts.check(id)
  const refreshes = Array.from({ length: 1000 }, () => accounts.handlers.refresh({ id }))
  // Whoever asks for less is served by what is under way.
  const others = Array.from({ length: 1000 }, () => accounts.check(id))
  await Promise.all([quiet, ...refreshes, ...others])
  expect(asked()).toEqual({ renewals: before.renewals + 1, checks: before.checks + 2 })
})

it('tells everybody who asked when the forge is away', async () => {
  const { accounts, forge } = test
  forge.mood = 'away'
  const answers = await Promise.all(Array.from({ length: 1000 }, () => accounts.handlers.refresh({ id })))
  expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['unreachable']))
  forge.mood = 'well'
  expect(await accounts.handlers.refresh({ id })).toMatchObject({ state: 'connected' })
})
