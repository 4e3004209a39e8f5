import { beforeEach, describe, expect, it } from 'vitest'
import { Failure } from '../../../src-preload/contract/outcome'
import { calm, type TestAccounts, testAccounts } from '../../testing/test-accounts'
import { createTokenProvider } from '../../testing/token-provider'

const hour = 3_600_000

let test: TestAccounts

beforeEach(() => {
  test = testAccounts()
})

const revoke = (id: string) => test.accounts.handlers.revoke({ id })
const receipts = () => test.accounts.handlers.receipts(undefined)
type Told = Awaited<ReturnType<typeof revoke>>
const steps = (receipt: Told | undefined) => receipt?.steps.map(({ what, outcome }) => `${what} ${outcome}`)
/** Lets time pass in small steps until something holds. */
const passTime = async (holds: () => boolean | Promise<boolean>) => {
  for (let step = 0; step < 2000 && !(await holds()); step++) {
    test.clock.advance(1000)
    await calm()
  }
  expect(await holds()).toBe(true)
}

describe('what was made through an account', () => {
  const made = (what: 'webhook' | 'deploy-key') => ({
    what,
    name: what,
    repository: { id: '7', path: 'a/b' },
    id: what,
  })
  /** A provider with one thing of each kind, which can be out of reach; `order` says what went when. */
  const withThings = () => {
    const things = new Set(['webhook', 'deploy-key'])
    const host = { away: false, order: [] as string[] }
    const able = {
      list: async () => [...things].map((id) => ({ id })),
      remove: async (_: unknown, id: string) => {
        if (host.away) throw new Failure('unreachable')
        things.delete(id)
        host.order.push(`${id} with ${test.forge.revoked.length} tokens gone`)
      },
    }
    test.provider = createTokenProvider({ abilities: { webhooks: able, deployKeys: able } as never })
    test.restart({ madeBy: () => [made('webhook'), made('deploy-key')] })
    return { host, things }
  }

  it('goes before its token, which is needed for that', async () => {
    const { host, things } = withThings()
    const { id } = await test.connect()
    expect(steps(await revoke(id))?.slice(0, 3)).toEqual([
      'webhook removed',
      'deploy-key removed',
      'access-token removed',
    ])
    expect([...things]).toEqual([])
    expect(host.order).toEqual(['webhook with 0 tokens gone', 'deploy-key with 0 tokens gone'])
  })

  it('keeps the token, durably, until what can’t be reached is gone', async () => {
    const { host, things } = withThings()
    const { id, pair } = await test.connect()
    host.away = true
    expect(steps(await revoke(id))).toEqual([
      'webhook queued',
      'deploy-key queued',
      'access-token queued',
      'local-secret queued',
      'account removed',
    ])
    expect(test.forge.revoked).toEqual([])
    expect(test.accounts.list()).toEqual([])
    host.away = false
    test.restart({ madeBy: () => [] })
    void test.accounts.start()
    await passTime(() => test.forge.revoked.includes(pair.access))
    expect([...things]).toEqual([])
    await passTime(async () => (await test.vault.names()).length === 0)
  })

  it('is left to a person where the provider says no, and the token goes all the same', async () => {
    const { things } = withThings()
    const { id } = await test.connect()
    test.provider = createTokenProvider()
    test.restart({ madeBy: () => [made('webhook')] })
    expect(steps(await revoke(id))?.slice(0, 2)).toEqual(['webhook by-hand', 'access-token removed'])
    expect(things.has('webhook')).toBe(true)
  })
})

describe('taking access away', () => {
  it('takes it away at the provider, proves it, and removes the secret', async () => {
    const { id, pair } = await test.connect()
    const removed: string[] = []
    test.accounts.follow({ removed: (account) => removed.push(account) })
    const receipt = await revoke(id)
    expect(receipt).toMatchObject({ accountId: id, login: 'ada', host: test.forge.host })
    expect(steps(receipt)).toEqual([
      'access-token removed',
      'refresh-token removed',
      'local-secret removed',
      'account removed',
    ])
    expect(test.forge.revoked).toEqual([pair.access])
    // Proved: the old access token was tried after it was taken away, and so was the refresh token.
    expect(test.forge.userCalls.at(-1)).toBe(pair.access)
    expect(test.forge.refreshes).toEqual([pair.refresh])
    expect(await test.vault.names()).toEqual([])
    expect(test.accounts.list()).toEqual([])
    expect(await receipts()).toEqual([])
    expect(removed).toEqual([id])
  })

  it('uses the newest pair of an account that renews at the same moment', async () => {
    const { id, pair } = await test.connect()
    test.clock.advance(hour)
    const call = test.accounts.access.open(id).client.viewer()
    await calm()
    await Promise.all([revoke(id), call.catch(() => null)])
    expect(test.forge.revoked).toHaveLength(1)
    expect(test.forge.revoked).not.toContain(pair.access)
    expect(await test.vault.names()).toEqual([])
  })

  it('says that a dead token was gone already', async () => {
    const { id, pair } = await test.connect()
    await test.forge.fetch(`${test.forge.host}/oauth/revoke`, { body: `token=${pair.access}` })
    test.provider = createTokenProvider({
      abilities: {
        revoke: {
          run: async () => {
            throw new Failure('auth-revoked')
          },
        },
      },
    })
    test.restart()
    expect(steps(await revoke(id))).toEqual([
      'access-token already-gone',
      'refresh-token already-gone',
      'local-secret removed',
      'account removed',
    ])
  })

  it('leaves to the person what only a person can do, with the page', async () => {
    test.provider = createTokenProvider({ revokes: false })
    const id = await test.connectToken()
    const receipt = await revoke(id)
    expect(receipt.steps[0]).toMatchObject({
      what: 'access-token',
      outcome: 'by-hand',
      url: `${test.forge.host}/settings`,
    })
    expect(await test.vault.names()).toEqual([])
    expect((await receipts()).map(({ accountId }) => accountId)).toEqual([id])
    await test.accounts.handlers.dismissReceipt({ accountId: id })
    expect(await receipts()).toEqual([])
  })

  it('does not believe a provider that says yes and does nothing', async () => {
    const { id } = await test.connect()
    test.forge.deaf = true
    let receipt: Told | undefined
    void revoke(id).then((done) => {
      receipt = done
    })
    await passTime(() => receipt !== undefined)
    expect(steps(receipt)).toEqual([
      'access-token queued',
      'refresh-token queued',
      'local-secret queued',
      'account removed',
    ])
    expect(receipt?.steps[0]?.failure).toMatchObject({ code: 'conflict' })
  })

  it('takes away the pair as well that the proof brought', async () => {
    const { id } = await test.connect()
    // The access token ends, but the refresh token still works: the next pair is a new one.
    test.provider = createTokenProvider({
      abilities: {
        viewer: async () => {
          throw new Failure('auth-revoked')
        },
        revoke: { run: async () => ({ revoked: true, page: null }) },
      },
    })
    test.restart()
    expect(steps(await revoke(id))).toContain('refresh-token queued')
    expect(test.forge.refreshes).toHaveLength(2)
    // The newest pair is what the next try works with.
    const kept = (await test.vault.get(`revocation/${id}`))?.reveal() ?? ''
    expect(kept).toContain('access-3-')
  })

  it('looks at the other accounts of the same person afterwards', async () => {
    const one = await test.connect()
    const two = await test.connect()
    await test.forge.fetch(`${test.forge.host}/oauth/revoke`, { body: `token=${two.pair.access}` })
    await revoke(one.id)
    await expect.poll(() => test.stateOf(two.id)).toBe('revoked auth-revoked')
  })

  it('changes nothing when the vault is locked', async () => {
    const { id } = await test.connect()
    test.vault.failing = 'vault-locked'
    await expect(revoke(id)).rejects.toMatchObject({ code: 'vault-locked' })
    expect(test.accounts.list()).toHaveLength(1)
    expect(test.forge.revoked).toEqual([])
  })
})

describe('a provider that is away', () => {
  it('is asked again until it answers; the account is gone at once', async () => {
    const { id, pair } = await test.connect()
    await test.accounts.start()
    test.forge.mood = 'away'
    const receipt = await revoke(id)
    expect(steps(receipt)).toEqual([
      'access-token queued',
      'refresh-token queued',
      'local-secret queued',
      'account removed',
    ])
    expect(test.accounts.list()).toEqual([])
    expect(await test.vault.names()).toEqual([`revocation/${id}`])
    expect((await receipts()).map(({ accountId }) => accountId)).toEqual([id])

    test.forge.mood = 'well'
    await passTime(() => test.store.read().revocations.length === 0)
    expect(test.forge.revoked).toEqual([pair.access])
    expect(await test.vault.names()).toEqual([])
    expect(await receipts()).toEqual([])
    await test.accounts.stop()
  })

  it('is asked again after a restart', async () => {
    const { id, pair } = await test.connect()
    test.forge.mood = 'away'
    await revoke(id)
    test.forge.mood = 'well'
    test.restart()
    await test.accounts.start()
    await expect.poll(() => test.store.read().revocations).toEqual([])
    expect(test.forge.revoked).toEqual([pair.access])
    expect(test.accounts.list()).toEqual([])
    expect(await test.vault.names()).toEqual([])
    await test.accounts.stop()
  })

  it('goes on after the receipt was dismissed, and does not bring it back', async () => {
    const { id } = await test.connect()
    await test.accounts.start()
    test.forge.mood = 'away'
    await revoke(id)
    await test.accounts.handlers.dismissReceipt({ accountId: id })
    test.clock.advance(hour)
    await calm()
    expect(await receipts()).toEqual([])
    test.forge.mood = 'well'
    await passTime(() => test.store.read().revocations.length === 0)
    await test.accounts.stop()
  })

  it('is left to the person after a month', async () => {
    const { id } = await test.connect()
    test.forge.mood = 'away'
    await revoke(id)
    test.clock.advance(31 * 24 * hour)
    test.restart()
    await test.accounts.start()
    await expect.poll(() => test.store.read().revocations).toEqual([])
    expect((await receipts())[0]?.steps[0]).toMatchObject({ outcome: 'by-hand', url: `${test.forge.host}/settings` })
    expect(await test.vault.names()).toEqual([])
    await test.accounts.stop()
  })
})

describe('a kill during a revocation', () => {
  it('before it was written down changes nothing', async () => {
    const { id } = await test.connect()
    const copy = await test.vault.get(`account/${id}`)
    if (copy !== null) await test.vault.set(`revocation/${id}`, copy)
    test.restart()
    await test.accounts.start()
    expect(test.stateOf(id)).toBe('connected')
    expect(await test.vault.names()).toEqual([`account/${id}`])
    await test.accounts.stop()
  })

  it('after it was written down lets the next start finish it', async () => {
    const { id, pair } = await test.connect()
    const { delete: remove } = test.vault
    test.vault.delete = () => new Promise(() => undefined)
    void revoke(id)
    await calm()
    test.vault.delete = remove
    test.restart()
    expect(test.accounts.list()).toEqual([])
    await test.accounts.start()
    await expect.poll(() => test.store.read().revocations).toEqual([])
    expect(test.forge.revoked).toEqual([pair.access])
    expect(await test.vault.names()).toEqual([])
    expect(test.accounts.list()).toEqual([])
    await test.accounts.stop()
  })
})
