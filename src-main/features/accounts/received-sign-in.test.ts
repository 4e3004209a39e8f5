import { beforeEach, expect, it } from 'vitest'
import { Secret } from '../../credentials/secret'
import { type TestAccounts, testAccounts } from '../../testing/test-accounts'
import { credentialOf } from '../../testing/token-provider'
import { encodeReceived, receivedName } from './received-sign-in'

const hour = 3_600_000

let test: TestAccounts
beforeEach(() => {
  test = testAccounts()
})

/** The app ended when tokens had arrived, and is started again. */
const startAfterArrival = async (person: string, reconnects: string | null, lives = hour) => {
  const pair = test.forge.issue(person)
  const credential = credentialOf(pair, test.clock.now() + lives)
  const bound = { provider: 'forge', host: test.forge.host, credential }
  await test.vault.set(receivedName, encodeReceived({ bound, reconnects }))
  test.restart()
  await test.accounts.start()
  return pair
}
const secretOf = async (id: string) => (await test.vault.get(`account/${id}`))?.reveal()

it('makes an account of tokens that had arrived, also of ones that have to be renewed first', async () => {
  await startAfterArrival('ada', null)
  await test.accounts.stop()
  await startAfterArrival('bob', null, -hour)
  expect(test.accounts.list().map(({ login, state }) => [login, state])).toEqual([
    ['ada', 'connected'],
    ['bob', 'connected'],
  ])
  expect(await test.vault.names()).not.toContain(receivedName)
  await test.accounts.stop()
})

it('reconnects the account that was to be, and that one only', async () => {
  const { id } = await test.connect()
  const pair = await startAfterArrival('ada', id)
  expect(test.accounts.list()).toMatchObject([{ id, login: 'ada', state: 'connected' }])
  expect(await secretOf(id)).toContain(pair.access)
  await test.accounts.stop()

  await startAfterArrival('bob', id)
  expect(test.accounts.list()).toMatchObject([{ id, login: 'ada', state: 'connected' }])
  expect(await secretOf(id)).toContain(pair.access)
  await startAfterArrival('ada', 'gone')
  expect(test.accounts.list()).toHaveLength(1)
  expect(await test.vault.names()).toEqual([`account/${id}`])
  await test.accounts.stop()
})

it('waits for the next start where nobody can be asked whose tokens they are', async () => {
  const { id } = await test.connect()
  test.forge.mood = 'away'
  const pair = await startAfterArrival('ada', id)
  expect(await test.vault.names()).toContain(receivedName)
  await test.accounts.stop()
  test.forge.mood = 'well'
  test.restart()
  await test.accounts.start()
  expect(await secretOf(id)).toContain(pair.access)
  expect(await test.vault.names()).toEqual([`account/${id}`])
  await test.accounts.stop()
})

it('makes no second account of tokens that were kept already', async () => {
  const { id, pair } = await test.connect()
  const bound = { provider: 'forge', host: test.forge.host, credential: credentialOf(pair, null) }
  await test.vault.set(receivedName, encodeReceived({ bound, reconnects: null }))
  test.restart()
  await test.accounts.start()
  expect(test.accounts.list()).toMatchObject([{ id }])
  expect(await test.vault.names()).toEqual([`account/${id}`])
  await test.accounts.stop()
})

it.each(['', 'no JSON', '{"reconnects":null,"bound":"{}"}'])('drops %j, which is no sign-in', async (value) => {
  await test.vault.set(receivedName, new Secret(value))
  test.restart()
  await test.accounts.start()
  expect(test.accounts.list()).toEqual([])
  expect(await test.vault.names()).toEqual([])
  await test.accounts.stop()
})
