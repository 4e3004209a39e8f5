import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Forge, type ForgeOptions, startForge } from '../../../e2e/forge/forge'
import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'
import { gitea } from '../../providers/gitea'
import type { RemoteRepository } from '../../providers/provider'
import { testFetch } from '../../testing/connection'
import type { FixedClock } from '../../testing/fixed-clock'
import type { MemoryVault } from '../../testing/memory-vault'
import { calm, type TestAccounts, testAccounts } from '../../testing/test-accounts'
import type { TokenForge } from '../../testing/token-forge'
import { createTokenProvider, credentialOf, refreshAt } from '../../testing/token-provider'
import type { Accounts } from './accounts'
import { noAccounts } from './accounts-document'
import { toldByEnd } from './failure-families'

const hour = 3_600_000

let test: TestAccounts
let accounts: Accounts
let clock: FixedClock
let forge: TokenForge
let vault: MemoryVault

beforeEach(() => {
  test = testAccounts()
  ;({ accounts, clock, forge, vault } = test)
})

const restart = (changes?: Parameters<TestAccounts['restart']>[0]) => {
  test.restart(changes)
  accounts = test.accounts
}
const connect = (person?: string, reconnects?: string | null) => test.connect(person, reconnects)
const stateOf = (id: string) => test.stateOf(id)

describe('connecting', () => {
  it('keeps the secret, then the account, and shows who it is', async () => {
    const { id, pair, connected } = await connect()
    expect(connected).toMatchObject({ repositoryCount: 214 })
    expect(accounts.get(id)).toMatchObject({
      provider: 'forge',
      host: forge.host,
      kind: 'oauth',
      login: 'ada',
      isDefault: true,
      state: 'connected',
      repositoryCount: 214,
      checkedAt: clock.now(),
    })
    expect((await vault.get(`account/${id}`))?.reveal()).toContain(pair.access)
    expect(JSON.stringify(test.store.read())).not.toContain(pair.access)
    expect(JSON.stringify(test.announced)).not.toContain(pair.access)
  })

  it('keeps the scopes that a token was given where the provider does not tell, also over checks and renewals', async () => {
    const { id } = await connect()
    expect(accounts.get(id).scopes).toEqual(['read'])
    await accounts.handlers.refresh({ id })
    expect(accounts.get(id).scopes).toEqual(['read'])
  })

  it('keeps nothing of a credential that does not work', async () => {
    const credential = credentialOf({ access: 'wrong', refresh: 'wrong' }, null)
    const connecting = accounts.connector.connect({
      provider: 'forge',
      host: forge.host,
      credential,
      reconnects: null,
    })
    await expect(connecting).rejects.toMatchObject({ code: 'auth-revoked' })
    expect(await vault.names()).toEqual([])
    expect(accounts.list()).toEqual([])
  })

  it('keeps nothing when the disk is full', async () => {
    test.store.full = true
    await expect(connect()).rejects.toMatchObject({ code: 'storage-failed' })
    expect(await vault.names()).toEqual([])
  })

  it('reconnects the same person: id, label and place stay', async () => {
    const { id } = await connect()
    await connect('bob')
    await accounts.handlers.rename({ id, label: ' Work\u0007 ' })
    const { connected } = await connect('ada', id)
    expect(connected).toMatchObject({ kind: 'connected', account: { id, label: 'Work', isDefault: true } })
    expect(accounts.list().map(({ login }) => login)).toEqual(['ada', 'bob'])
  })

  it('notices somebody else, changes nothing, and can keep them as their own account', async () => {
    const { id } = await connect()
    const { connected } = await connect('bob', id)
    expect(connected).toMatchObject({ kind: 'different-person', login: 'bob' })
    expect(accounts.list()).toHaveLength(1)
    if (connected.kind === 'different-person') await connected.keep()
    expect(accounts.list().map(({ login }) => login)).toEqual(['ada', 'bob'])
  })

  it('notices two accounts of one person on one host', async () => {
    const one = await connect()
    const two = await connect()
    expect(accounts.get(one.id).samePersonAs).toBe(two.id)
    expect(accounts.get(two.id).samePersonAs).toBe(one.id)
  })

  it('lets the older of them go on with the sign-in of the newer one, which goes', async () => {
    const one = await connect()
    const two = await connect()
    await accounts.handlers.rename({ id: one.id, label: 'Work' })
    const kept = await accounts.handlers.replaceTwin({ id: two.id })
    expect(kept).toMatchObject({ id: one.id, label: 'Work', samePersonAs: null, isDefault: true, state: 'connected' })
    expect(accounts.list()).toHaveLength(1)
    expect(await vault.names()).toEqual([`account/${one.id}`])
    expect((await vault.get(`account/${one.id}`))?.reveal()).toContain(two.pair.access)
    await expect(accounts.access.open(one.id).client.viewer()).resolves.toMatchObject({ login: 'ada' })
    await expect(accounts.handlers.replaceTwin({ id: one.id })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('brings a dead account back to life by reconnecting', async () => {
    const { id, pair } = await connect()
    await forge.fetch(`${forge.host}/oauth/revoke`, { body: `token=${pair.access}` })
    await accounts.handlers.refresh({ id })
    expect(stateOf(id)).toBe('revoked auth-revoked')
    await connect('ada', id)
    expect(stateOf(id)).toBe('connected')
    await accounts.access.open(id).client.viewer()
  })
})

describe('renewing', () => {
  it('sends one token request for 100 calls at expiry', async () => {
    const { id } = await connect()
    clock.advance(hour)
    const { client } = accounts.access.open(id)
    await Promise.all(Array.from({ length: 100 }, () => client.viewer()))
    expect(forge.refreshes).toHaveLength(1)
    expect(stateOf(id)).toBe('connected')
  })

  it('sends one token request for 100 calls that are refused', async () => {
    const { id, pair } = await connect()
    const { client } = accounts.access.open(id)
    await client.viewer()
    const fresh = await refreshAt(forge.fetch, () => clock.now())(credentialOf(pair, null), forge)
    expect(forge.accepts(pair.access)).toBe(false)
    // Another copy of the app renewed: the vault holds the new pair, this run still holds the old one.
    const stored = (await vault.get(`account/${id}`))?.reveal() ?? ''
    const renewed = stored
      .replace(pair.access, fresh.accessToken.reveal())
      .replace(pair.refresh, fresh.refreshToken?.reveal() ?? '')
    await vault.set(`account/${id}`, new Secret(renewed))
    await Promise.all(Array.from({ length: 100 }, () => client.viewer()))
    // The dead one once, then the one that the vault holds.
    expect(forge.refreshes).toHaveLength(3)
    expect(stateOf(id)).toBe('connected')
  })

  it('keeps the new pair before anybody uses it', async () => {
    const { id } = await connect()
    clock.advance(hour)
    const order: string[] = []
    const { set } = vault
    vault.set = async (name, value) => {
      await calm()
      await set(name, value)
      order.push('kept')
    }
    const before = forge.userCalls.length
    await accounts.access.open(id).client.viewer()
    order.push(`${forge.userCalls.length - before} calls`)
    expect(order).toEqual(['kept', '1 calls'])
    expect((await vault.get(`account/${id}`))?.reveal()).toContain(forge.userCalls.at(-1))
  })

  it('ends with what has been asked for, and asks for nothing new', async () => {
    const [first, second] = [await connect('ada'), await connect('grace')]
    clock.advance(hour)
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    let asked = 0
    restart({
      refreshToken: async (credential, place) => {
        asked += 1
        const pair = await refreshAt(forge.fetch, () => clock.now())(credential, place)
        await held
        return pair
      },
    })
    const onItsWay = accounts.access.open(first.id).client.viewer()
    await expect.poll(() => asked).toBe(1)
    const stopped = accounts.stop()
    await expect(accounts.access.open(second.id).client.viewer()).rejects.toMatchObject({ code: 'cancelled' })
    answer()
    await stopped
    await onItsWay
    expect((await vault.get(`account/${first.id}`))?.reveal()).toContain(forge.userCalls.at(-1))
    expect((await vault.get(`account/${second.id}`))?.reveal()).toContain(second.pair.refresh)
    expect(test.store.read().renewals).toEqual({})
    expect(asked).toBe(1)
  })

  it('sends no refresh token while the mark of it can not be written', async () => {
    const { id } = await connect()
    clock.advance(hour)
    test.store.full = true
    await expect(accounts.access.open(id).client.viewer()).rejects.toMatchObject({ code: 'storage-failed' })
    expect(forge.refreshes).toEqual([])
    test.store.full = false
    await accounts.handlers.refresh({ id })
    expect(stateOf(id)).toBe('connected')
  })

  it('keeps a new pair that could not be written, and writes it before the next use', async () => {
    const { id } = await connect()
    clock.advance(hour)
    const { set } = vault
    vault.set = async () => {
      throw new Failure('storage-failed')
    }
    await expect(accounts.access.open(id).client.viewer()).rejects.toMatchObject({ code: 'storage-failed' })
    vault.set = set
    clock.advance(hour / 4)
    await accounts.access.open(id).client.viewer()
    expect(forge.refreshes).toHaveLength(1)
    expect((await vault.get(`account/${id}`))?.reveal()).toContain(forge.userCalls.at(-1))
  })

  it.each(['away', 'broken', 'limited'] as const)('never ends an account because the forge is %s', async (mood) => {
    const { id } = await connect()
    await accounts.start()
    clock.advance(hour)
    await calm()
    forge.mood = mood
    clock.advance(2 * hour)
    await accounts.handlers.refresh({ id })
    expect(accounts.get(id)).toMatchObject({ state: 'unreachable' })
    expect(accounts.get(id).nextCheckAt).toBeGreaterThan(clock.now())
    forge.mood = 'well'
    clock.advance((accounts.get(id).nextCheckAt ?? 0) - clock.now() + 1000)
    await expect.poll(() => stateOf(id)).toBe('connected')
    await accounts.stop()
  })

  it('asks to sign in again when the refresh token is dead, and asks the forge no more', async () => {
    const { id, pair } = await connect()
    await forge.fetch(`${forge.host}/oauth/revoke`, { body: `token=${pair.access}` })
    const { client } = accounts.access.open(id)
    await expect(client.viewer()).rejects.toMatchObject({ code: 'auth-revoked' })
    expect(stateOf(id)).toBe('revoked auth-revoked')
    const calls = forge.userCalls.length + forge.refreshes.length
    await expect(client.viewer()).rejects.toMatchObject({ code: 'auth-revoked' })
    await accounts.start()
    clock.advance(24 * hour)
    await calm()
    expect(forge.userCalls.length + forge.refreshes.length).toBe(calls)
    await accounts.stop()
  })

  it('tells "revoked" where the provider said so at the call, though the renewal says only that it is over', async () => {
    const { id } = await connect()
    restart({
      fetch: async (url, init) =>
        new URL(url).pathname === '/api/user'
          ? Response.json({ error: 'invalid_token' }, { status: 401 })
          : forge.fetch(url, init),
      refreshToken: async () => {
        throw new Failure('auth-expired')
      },
    })
    await accounts.access
      .open(id)
      .client.viewer()
      .catch(() => null)
    expect(stateOf(id)).toBe('revoked auth-revoked')
  })

  it('does not go on renewing when new tokens are refused as well', async () => {
    const { id } = await connect()
    const refused = new Set<string>()
    restart({
      fetch: async (url, init) => {
        refused.add(init?.headers?.authorization ?? '')
        return new URL(url).pathname === '/api/user' ? new Response('{}', { status: 401 }) : forge.fetch(url, init)
      },
    })
    await accounts.handlers.refresh({ id })
    const { client } = accounts.access.open(id)
    for (let call = 0; call < 5; call++) await client.viewer().catch(() => null)
    expect(forge.refreshes.length).toBeLessThanOrEqual(2)
    expect(stateOf(id)).toBe('revoked auth-revoked')
  })

  it('renews by itself at about 80 % of the life of a token', async () => {
    const { id } = await connect()
    await accounts.start()
    const renewsAt = accounts.get(id).renewsAt ?? 0
    expect(renewsAt - clock.now()).toBeGreaterThanOrEqual(0.75 * hour)
    expect(renewsAt - clock.now()).toBeLessThanOrEqual(0.85 * hour)
    clock.advance(0.74 * hour)
    await calm()
    expect(forge.refreshes).toHaveLength(0)
    clock.advance(0.12 * hour)
    await expect.poll(() => forge.refreshes.length).toBe(1)
    await expect.poll(() => accounts.get(id).renewsAt).toBeGreaterThan(clock.now())
    await accounts.stop()
  })

  it('renews before it gives git a password', async () => {
    const { id, pair } = await connect()
    clock.advance(hour - 60_000)
    const { username, password, origin } = await accounts.access.gitCredential(id)
    expect({ username, origin }).toEqual({ username: 'oauth2', origin: forge.host })
    expect(password.reveal()).not.toBe(pair.access)
    expect(forge.accepts(password.reveal())).toBe(true)
  })

  it('uses the present token on when an OAuth app is refused, and says so', async () => {
    const { id } = await connect()
    restart({
      refreshToken: async () => {
        throw new Failure('client-rejected')
      },
    })
    await accounts.handlers.refresh({ id })
    expect(stateOf(id)).toBe('needs-attention client-rejected')
    await accounts.access.open(id).client.viewer()
  })

  it('sends a token nowhere else when the file of accounts was edited', async () => {
    const { id } = await connect()
    await test.store.update((document) => ({
      ...document,
      accounts: document.accounts.map((record) => ({ ...record, host: 'https://evil.example' })),
    }))
    const asked: string[] = []
    restart({
      fetch: async (url) => {
        asked.push(String(url))
        return new Response('{}')
      },
    })
    await expect(accounts.access.open(id).client.viewer()).rejects.toMatchObject({ code: 'auth-expired' })
    expect(asked).toEqual([])
  })
})

describe('a start', () => {
  it('shows the accounts at once, without vault and network', async () => {
    const { id } = await connect()
    vault.get = () => new Promise(() => undefined)
    forge.mood = 'away'
    restart()
    expect(await accounts.handlers.list(undefined)).toMatchObject([{ id, state: 'connected' }])
  })

  it('shows accounts as waiting while the keychain does not answer, and goes on when it does', async () => {
    const { id } = await connect()
    const { get } = vault
    let answer: (() => void) | null = null
    vault.get = (name) =>
      new Promise((resolve, reject) => {
        answer = () => get(name).then(resolve, reject)
      })
    restart()
    const started = accounts.start()
    await calm()
    expect(stateOf(id)).toBe('connected')
    clock.advance(1000)
    expect(stateOf(id)).toBe('waiting keychain-locked')
    expect(test.store.read().accounts).toMatchObject([{ state: 'connected' }])
    vault.get = get
    ;(answer as (() => void) | null)?.()
    await started
    expect(stateOf(id)).toBe('connected')
    await accounts.stop()
  })

  it('shows why the vault is locked, and looks again when it was opened', async () => {
    const { id } = await connect()
    vault.failing = 'vault-locked'
    restart()
    await accounts.start()
    expect(stateOf(id)).toBe('waiting vault-locked')
    vault.failing = null
    accounts.wake()
    await expect.poll(() => stateOf(id)).toBe('connected')
    await accounts.stop()
  })

  it('makes an account again of a secret whose account was never written', async () => {
    const { id } = await connect()
    await test.store.update(() => noAccounts)
    restart()
    await accounts.start()
    expect(accounts.get(id)).toMatchObject({ login: 'ada', state: 'connected', isDefault: true })
    await accounts.stop()
  })

  it.each([
    ['auth-expired', {}, null, 'auth-expired', undefined],
    ['auth-expired', {}, 999, 'auth-expired', '999'],
    ['auth-expired', {}, 1001, 'auth-revoked', undefined],
    ['auth-expired', { clockSkew: '-420' }, 1001, 'auth-expired', undefined],
    ['auth-expired', { reason: 'answer-lost' }, 1001, 'auth-expired', undefined],
    ['auth-revoked', {}, 999, 'auth-revoked', undefined],
    ['unreachable', {}, 1001, 'unreachable', undefined],
  ] as const)('tells by the known end whether it expired: %s %j, end %s', (code, facts, expiresAt, told, expiredAt) => {
    const failure = toldByEnd(new Failure(code, facts), expiresAt, 1000)
    expect([failure.code, failure.facts.expiredAt]).toEqual([told, expiredAt])
  })

  it('says plainly that the secret is gone', async () => {
    const { id } = await connect()
    await vault.delete(`account/${id}`)
    restart()
    await accounts.start()
    expect(stateOf(id)).toBe('expired auth-expired')
    await accounts.stop()
  })

  it('looks again at the next start for a secret that was missing, as in a run without the keychain', async () => {
    const { id } = await connect()
    const secret = (await vault.get(`account/${id}`)) ?? new Secret('')
    await vault.delete(`account/${id}`)
    restart()
    await accounts.start()
    expect(stateOf(id)).toBe('expired auth-expired')
    await accounts.stop()
    await vault.set(`account/${id}`, secret)
    restart()
    await accounts.start()
    expect(stateOf(id)).toBe('connected')
    await accounts.stop()
  })
})

describe('states', () => {
  it('warns 14 days before a token made by hand ends', async () => {
    const day = 24 * hour
    test.provider = createTokenProvider({ viewer: { expiresAt: clock.now() + 15 * day } })
    const id = await test.connectToken()
    expect(stateOf(id)).toBe('connected')
    clock.advance(1.5 * day)
    expect(stateOf(id)).toBe('needs-attention expires-soon')
  })

  it('asks for attention as long as a listing is not whole', async () => {
    const { id } = await connect()
    accounts.listed(id, { count: 3, partial: new Failure('sso-required', { owner: 'acme' }) })
    await accounts.handlers.refreshAll(undefined)
    expect(accounts.get(id)).toMatchObject({
      state: 'needs-attention',
      reason: { code: 'sso-required' },
      repositoryCount: 3,
    })
    accounts.listed(id, { count: 5, partial: null })
    await calm()
    expect(accounts.get(id)).toMatchObject({ state: 'connected', repositoryCount: 5 })
  })

  it('follows what other features meet', async () => {
    const { id } = await connect()
    accounts.access.met(id, { ok: false, error: new Failure('not-found') })
    accounts.access.met(id, { ok: false, error: new Error('a defect') })
    expect(stateOf(id)).toBe('connected')
    accounts.access.met(id, { ok: false, error: new Failure('scope-missing', { scope: 'hooks' }) })
    await calm()
    expect(stateOf(id)).toBe('needs-attention scope-missing')
    accounts.access.met(id, { ok: false, error: new Failure('auth-revoked') })
    await calm()
    expect(stateOf(id)).toBe('revoked auth-revoked')
  })

  describe('when the credential is refused', () => {
    /** Answers of the forge to `/api/user`, in order; then its own. */
    const answer = (...replies: readonly (() => Response)[]) => {
      const left = [...replies]
      restart({
        fetch: async (url, init) => {
          const reply = new URL(url).pathname === '/api/user' ? left.shift() : undefined
          return reply === undefined ? forge.fetch(url, init) : reply()
        },
      })
    }
    const refused = () => Response.json({ message: 'Bad credentials' }, { status: 401 })
    const gate = () =>
      new Response('<html><title>Sign in</title></html>', {
        status: 401,
        headers: { 'content-type': 'text/html', 'www-authenticate': 'Basic realm="Staging"' },
      })

    it('by something in front of the forge, is out of reach and not ended, and comes back by itself', async () => {
      const { id } = await connect()
      answer(gate)
      await accounts.start()
      expect(stateOf(id)).toBe('unreachable intermediary-answered')
      clock.advance(10_000)
      await expect.poll(() => stateOf(id)).toBe('connected')
      expect(forge.refreshes).toHaveLength(0)
      await accounts.stop()
    })

    it('for a moment, stays connected, also when another feature met it', async () => {
      const id = await test.connectToken()
      answer(refused, refused)
      await accounts.check(id)
      expect(stateOf(id)).toBe('connected')
      const recovered: string[] = []
      answer(refused, refused)
      accounts.follow({ recovered: (one) => recovered.push(one) })
      await accounts.access
        .open(id)
        .client.viewer()
        .catch((error: unknown) => accounts.access.met(id, { ok: false, error }))
      // What failed by it is done again.
      await expect.poll(() => recovered).toEqual([id])
      expect(stateOf(id)).toBe('connected')
    })

    it('and well again later, is connected by itself, also over a restart', async () => {
      const id = await test.connectToken()
      const many = Array.from({ length: 9 }, () => refused)
      answer(...many)
      await accounts.start()
      expect(stateOf(id)).toBe('revoked auth-revoked')
      clock.advance(50_000)
      await calm()
      expect(stateOf(id)).toBe('revoked auth-revoked')
      await accounts.stop()
      answer(refused, refused, refused)
      await accounts.start()
      expect(stateOf(id)).toBe('revoked auth-revoked')
      // The forge is away for a while: that says nothing new.
      forge.mood = 'away'
      clock.advance(61_000)
      await calm()
      expect(stateOf(id)).toBe('revoked auth-revoked')
      forge.mood = 'well'
      clock.advance(10 * 60_000)
      await expect.poll(() => stateOf(id)).toBe('connected')
      await accounts.access.open(id).client.viewer()
      await accounts.stop()
    })
  })

  it('takes one slow call for no proof: the account is asked itself', async () => {
    const { id } = await connect()
    accounts.access.met(id, { ok: false, error: new Failure('timed-out') })
    await calm()
    expect(stateOf(id)).toBe('connected')
    forge.mood = 'away'
    accounts.access.met(id, { ok: false, error: new Failure('timed-out') })
    await expect.poll(() => stateOf(id)).toBe('unreachable unreachable')
  })

  it('waits as long as a rate limit says', async () => {
    const { id } = await connect()
    const until = clock.now() + 40 * 60_000
    accounts.access.met(id, { ok: false, error: new Failure('rate-limited', { until: String(until) }) })
    await calm()
    expect(accounts.get(id)).toMatchObject({ state: 'unreachable', nextCheckAt: until })
  })

  it('looks again after the computer slept', async () => {
    const { id } = await connect()
    await accounts.start()
    const before = forge.userCalls.length
    clock.advance(2 * hour)
    accounts.wake()
    await expect.poll(() => forge.userCalls.length).toBeGreaterThan(before)
    await expect.poll(() => stateOf(id)).toBe('connected')
    await accounts.stop()
  })

  it('has one default at all times', async () => {
    const one = await connect()
    const two = await connect('bob')
    await accounts.handlers.setDefault({ id: two.id })
    expect(accounts.list().map(({ id, isDefault }) => [id, isDefault])).toEqual([
      [two.id, true],
      [one.id, false],
    ])
    await accounts.handlers.revoke({ id: two.id })
    expect(accounts.list().map(({ id, isDefault }) => [id, isDefault])).toEqual([[one.id, true]])
  })

  it('opens the page on which access is chosen', async () => {
    const { id } = await connect()
    await accounts.handlers.manageAccess({ id, owner: null })
    expect(test.opened).toEqual([`${forge.host}/settings`])
  })

  it('knows no account that is not there', async () => {
    await expect(accounts.handlers.refresh({ id: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(accounts.handlers.revoke({ id: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
    expect(() => accounts.access.open('nobody')).toThrow(Failure)
  })
})

describe('a host that names itself by another address', () => {
  const forges: Forge[] = []
  afterEach(async () => {
    await Promise.all(forges.splice(0).map((one) => one.close()))
  })
  const start = async (options: Partial<ForgeOptions>) => {
    const one = await startForge({ dialect: 'gitea', ...options })
    forges.push(one)
    return one
  }
  const connectAt = async (real: Forge) => {
    test.provider = gitea
    restart({ fetch: testFetch })
    const token = new Secret(real.personalAccessToken({ user: 'ada' }))
    const credential = { kind: 'token', token, username: null } as const
    const connected = await accounts.connector.connect({
      provider: 'gitea',
      host: real.address,
      credential,
      reconnects: null,
    })
    return connected.kind === 'connected' ? connected.account.id : ''
  }
  const rowsOf = async (id: string) => {
    const rows: RemoteRepository[] = []
    const listing = accounts.access.open(id).client.repositories({ known: [], onPartial: () => undefined })
    for await (const page of listing) if ('rows' in page) rows.push(...page.rows)
    return rows
  }
  const isAt = (base: string) => (row: RemoteRepository) =>
    row.webUrl === `${base}/${row.path}` && row.httpsUrl === `${base}/${row.path}.git`

  it('is used at the address that was typed, all pages of it, until the person takes that back', async () => {
    const rootUrl = 'https://git.nowhere.invalid/forge'
    const real = await start({ repositories: 60, rootUrl, basePath: '/git' })
    const id = await connectAt(real)
    const told: string[] = []
    accounts.follow({ readdressed: (one) => told.push(one) })
    expect(await accounts.handlers.useTypedAddress({ id, use: true })).toMatchObject({ namedAs: rootUrl })
    expect(told).toEqual([id])
    const rows = await rowsOf(id)
    expect(rows).toHaveLength(60)
    expect(rows.every(isAt(real.address))).toBe(true)
    expect(await accounts.access.open(id).client.repository(rows[0]?.id ?? '')).toMatchObject({
      httpsUrl: rows[0]?.httpsUrl,
    })
    restart({ fetch: testFetch })
    expect((await accounts.access.open(id).client.findRepository(rows[0]?.path ?? ''))?.webUrl).toBe(rows[0]?.webUrl)
    expect(await accounts.handlers.useTypedAddress({ id, use: false })).toMatchObject({ namedAs: null })
    expect((await accounts.access.open(id).client.repository(rows[0]?.id ?? '')).webUrl).toContain(rootUrl)
  })

  it.each([
    ['the same version answers', {}, false],
    ['another version answers', { version: '1.24.0' }, true],
  ])('is not taken there where at its own address %s', async (_, settings, allowed) => {
    const other = await start({ settings })
    const id = await connectAt(await start({ repositories: 2, rootUrl: other.address }))
    const choosing = accounts.handlers.useTypedAddress({ id, use: true })
    if (allowed) await expect(choosing).resolves.toMatchObject({ namedAs: other.address })
    else {
      await expect(choosing).rejects.toMatchObject({
        code: 'foreign-link-refused',
        facts: { to: other.address, works: 'true' },
      })
    }
    // No token is ever sent there.
    expect(other.requests.all.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
  })

  it('is not taken there for another person, or for links to several places', async () => {
    const real = await start({ repositories: 3, rootUrl: 'https://git.nowhere.invalid' })
    const id = await connectAt(real)
    real.faults.next({ match: /user$/, json: (value) => Object.assign({}, value, { id: 99 }) })
    await expect(accounts.handlers.useTypedAddress({ id, use: true })).rejects.toMatchObject({
      code: 'different-person',
    })
    const strange = (rows: unknown) =>
      (rows as object[]).map((row, at) => (at === 0 ? { ...row, html_url: 'https://evil.example/ada/x' } : row))
    // Once for the person's check, once for the list.
    real.faults.next({ match: /user\/repos$/, times: 2, json: strange })
    await expect(accounts.handlers.useTypedAddress({ id, use: true })).rejects.toMatchObject({ code: 'bad-answer' })
    expect(accounts.get(id).namedAs).toBeNull()
  })
})
