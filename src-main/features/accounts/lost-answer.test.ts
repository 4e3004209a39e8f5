import { beforeEach, describe, expect, it } from 'vitest'
import { Failure } from '../../../src-preload/contract/outcome'
import { type TestAccounts, testAccounts } from '../../testing/test-accounts'
import { createTokenProvider, refreshAt } from '../../testing/token-provider'
import type { AccountsParts } from './accounts-parts'

const minute = 60_000
const hour = 60 * minute

let test: TestAccounts
let id: string
beforeEach(async () => {
  test = testAccounts()
  ;({ id } = await test.connect())
})

/** The forge gets the request and answers; nothing of it comes here. */
const loseAnswer: AccountsParts['refreshToken'] = async (credential, place) => {
  await refreshAt(test.forge.fetch, () => test.clock.now())(credential, place)
  throw new Failure('unreachable', { host: place.host })
}
const neverSend: AccountsParts['refreshToken'] = async (_, { host }) => {
  throw new Failure('unreachable', { host })
}
const throwing =
  (code: 'rate-limited' | 'server-error'): AccountsParts['refreshToken'] =>
  async (_, { host }) => {
    throw new Failure(code, { host })
  }

/** A renewal that is cut off so, and the next start of the app. */
const cutOff = async (refreshToken: AccountsParts['refreshToken'], laterMs = 0) => {
  test.restart({ refreshToken })
  await test.accounts.handlers.refresh({ id })
  await test.accounts.stop()
  test.clock.advance(laterMs)
  test.forge.refreshes.length = 0
  test.restart()
  await test.accounts.start()
  await test.accounts.stop()
}
const account = () => test.accounts.get(id)

describe('an answer that was lost', () => {
  it('is told as that where the refresh token worked once, after one try', async () => {
    await cutOff(loseAnswer)
    expect(account()).toMatchObject({
      state: 'expired',
      reason: { code: 'auth-expired', facts: { reason: 'answer-lost' } },
    })
    expect(test.forge.refreshes).toHaveLength(1)
    test.restart()
    await test.accounts.start()
    expect(test.forge.refreshes).toHaveLength(1)
    expect(account().reason?.facts.reason).toBe('answer-lost')
    await test.accounts.stop()
  })

  it('costs nothing where the request had not got there', async () => {
    await cutOff(neverSend)
    expect(account().state).toBe('connected')
    expect(test.store.read().renewals).toHaveProperty(id)
    test.clock.advance(2 * hour)
    test.restart()
    await test.accounts.handlers.refresh({ id })
    expect(account().state).toBe('connected')
    expect(test.store.read().renewals).toEqual({})
  })

  it('is asked for again at once where a used refresh token works for a while', async () => {
    test.forge.graceful = true
    test.provider = createTokenProvider({
      offer: {
        refresh: { needsSecret: false, sendRedirectUri: false, deadErrors: [], reuseMs: 10 * minute },
        errorsWithStatus200: false,
        notes: [],
      },
    })
    await cutOff(loseAnswer, 9 * minute)
    expect(test.forge.refreshes).toHaveLength(1)
    expect(account().state).toBe('connected')
    expect(test.store.read().renewals).toEqual({})

    // Later it may be spent, and the access token that is still there is not given up for it.
    await cutOff(loseAnswer, 11 * minute)
    expect(test.forge.refreshes).toHaveLength(0)
    expect(account().state).toBe('connected')
  })

  it.each(['rate-limited', 'server-error'] as const)(
    'was %s: only what may have used the token counts',
    async (code) => {
      await cutOff(throwing(code))
      expect(account().state).toBe('connected')
      const [pair] = [await test.vault.get(`account/${id}`)]
      expect(pair).not.toBeNull()
      // Somebody takes the access away later.
      test.forge.fetch('https://forge.example/oauth/token', { body: `refresh_token=${refreshIn(pair?.reveal())}` })
      test.restart()
      await test.accounts.handlers.refresh({ id })
      expect(account().state).toBe(code === 'rate-limited' ? 'revoked' : 'expired')
    },
  )
})

const refreshIn = (record = ''): string =>
  (JSON.parse(record) as { credential: { refreshToken: string } }).credential.refreshToken

describe('a vault that can not be written while a pair arrives', () => {
  it('leaves it where the next start finds it', async () => {
    const { set } = test.vault
    test.vault.set = async () => {
      throw new Failure('storage-failed', { reason: 'ENOSPC' })
    }
    await test.accounts.handlers.refresh({ id })
    const arrived = test.vault.arrived.get(`account/${id}`)?.reveal() ?? ''
    expect(
      test.forge.accepts((JSON.parse(arrived) as { credential: { accessToken: string } }).credential.accessToken),
    ).toBe(true)
    test.vault.set = set
    await test.accounts.handlers.refresh({ id })
    expect(account().state).toBe('connected')
    expect(test.vault.arrived.size).toBe(0)
  })

  it('sends no refresh token where there is no place for the answer', async () => {
    test.vault.writeAhead = async () => {
      throw new Failure('storage-failed', { reason: 'ENOSPC' })
    }
    const before = test.forge.refreshes.length
    await test.accounts.handlers.refresh({ id })
    expect(test.forge.refreshes).toHaveLength(before)
    expect(account()).toMatchObject({ reason: { code: 'storage-failed' } })
  })
})
