import { describe, expect, it, vi } from 'vitest'
import { type Answers, createFakeBridge } from '../../../e2e/preview/fake-bridge'
import { account, cards, options, signIn } from '../../../e2e/preview/sample-data'
import type { Detected } from '../../../src-preload/contract/entities/provider'
import { Failure } from '../../../src-preload/contract/outcome'
import { createApi } from '../../client'
import { createChoiceStore, hostOf, looksLikeAddress } from './choice-store'
import { createSignInStore, shownSignIn } from './sign-in-store'
import { sortWays } from './ways'

const apiWith = (answers: Answers) => {
  const { bridge, announce } = createFakeBridge(answers)
  return { api: createApi(bridge), announce }
}

const github = cards[0] ?? expect.fail('no card')

describe('what looks like an address', () => {
  it.each([
    'github.com',
    'https://gitlab.acme.dev/group/sub/project.git',
    'git@github.com:octocat/hello.git',
    'ssh://git@git.acme.dev:2222/x.git',
    'localhost:3000',
    'http://127.0.0.1:8080/forge',
    'http://[::1]:3000',
  ])('%s', (text) => expect(looksLikeAddress(text)).toBe(true))

  it.each(['', 'git', 'github.', 'two words.com', 'https://'])('not %s', (text) =>
    expect(looksLikeAddress(text)).toBe(false),
  )

  it('is completed by a scheme', () => {
    expect(hostOf({ host: ' git.acme.dev/ ', detected: null })).toBe('https://git.acme.dev')
    expect(hostOf({ host: 'http://127.0.0.1:3000', detected: null })).toBe('http://127.0.0.1:3000')
    expect(hostOf({ host: 'git@git.acme.dev:a/b.git', detected: null })).toBe('git@git.acme.dev:a/b.git')
  })
})

describe('choosing', () => {
  const found = (change: Partial<Detected>): Detected => ({
    host: 'https://gitlab.acme.dev',
    provider: 'gitlab',
    repository: null,
    by: 'api',
    ...change,
  })

  it('asks what an address is after a pause, and drops the answer to an older one', async () => {
    vi.useFakeTimers()
    const asked: string[] = []
    const { api } = apiWith({
      signIns: {
        detect: async ({ address }) => {
          asked.push(address)
          return found({ host: `https://${address}` })
        },
        options: async ({ provider, host }) => options(provider, host),
      },
    })
    const { store, type } = createChoiceStore(api)
    type('gitlab.ac')
    await vi.advanceTimersByTimeAsync(100)
    type('gitlab.acme.dev')
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual(['gitlab.acme.dev'])
    expect(store.getState()).toMatchObject({
      provider: 'gitlab',
      detecting: false,
      detected: { host: 'https://gitlab.acme.dev' },
      options: { provider: 'gitlab', host: 'https://gitlab.acme.dev' },
    })
    vi.useRealTimers()
  })

  it('keeps an address that suits the provider that is chosen afterwards', async () => {
    const { api } = apiWith({
      signIns: {
        detect: async () => found({ host: 'https://git.acme.dev', provider: null, by: 'none' }),
        options: async ({ provider, host }) => options(provider, host),
      },
    })
    const { store, type, choose } = createChoiceStore(api)
    type('git.acme.dev', true)
    await expect.poll(() => store.getState().detected?.host).toBe('https://git.acme.dev')
    choose(github)
    expect(store.getState()).toMatchObject({ provider: 'github', host: 'https://git.acme.dev' })
  })

  it('keeps what was typed when nothing was found out about it', async () => {
    const { api } = apiWith({
      signIns: {
        detect: async () => {
          throw new Failure('intermediary-answered')
        },
        options: async ({ provider, host }) => options(provider, host),
      },
    })
    const { store, type, choose } = createChoiceStore(api)
    type('git.acme.dev/forge', true)
    await expect.poll(() => store.getState().failure?.code).toBe('intermediary-answered')
    choose(github)
    expect(store.getState()).toMatchObject({ provider: 'github', host: 'git.acme.dev/forge' })
  })

  it('fixes provider and host of an account that is reconnected', async () => {
    const { api } = apiWith({
      accounts: { list: async () => [account({ id: 'a', kind: 'token', host: 'https://ghe.acme.dev' })] },
      signIns: { options: async ({ provider, host }) => options(provider, host) },
    })
    const { store, reconnect } = createChoiceStore(api)
    await reconnect('a', false)
    expect(store.getState()).toMatchObject({
      provider: 'github',
      host: 'https://ghe.acme.dev',
      account: { id: 'a' },
      tokenOpen: true,
    })
  })

  it('shows why the ways in are not known', async () => {
    const { api } = apiWith({
      signIns: {
        options: async () => {
          throw new Failure('not-a-forge')
        },
      },
    })
    const { store, choose } = createChoiceStore(api)
    choose(github)
    await expect.poll(() => store.getState().failure?.code).toBe('not-a-forge')
  })
})

describe('ways in', () => {
  const base = options('github', 'https://github.com')
  const ways = (...list: (typeof base)['ways']) => ({ ...base, ways: list })

  it('prefers the browser, and a code where that is recommended', () => {
    expect(sortWays(base)).toMatchObject({ primary: 'redirect', others: ['device'], token: true, missing: null })
    expect(sortWays({ ...base, notes: ['device-recommended'] })).toMatchObject({
      primary: 'device',
      others: ['redirect'],
    })
  })

  it('leaves out what lacks a set-up, and says what is missing when nothing else is left', () => {
    const secret = { way: 'redirect', missing: 'client-secret' } as const
    const token = { way: 'token', missing: null } as const
    expect(sortWays(ways(secret, { way: 'device', missing: null }, token))).toEqual({
      primary: 'device',
      others: [],
      token: true,
      missing: null,
      lacksSecret: true,
      lacksCallback: false,
    })
    const callback = { way: 'redirect', missing: 'callback' } as const
    expect(sortWays(ways(callback, { way: 'device', missing: null }))).toMatchObject({
      primary: 'device',
      lacksCallback: true,
    })
    expect(sortWays(ways(callback, token))).toMatchObject({ primary: null, missing: 'callback', lacksCallback: false })
    expect(sortWays(ways({ way: 'redirect', missing: 'client-id' }, token))).toMatchObject({
      primary: null,
      missing: 'client-id',
      token: true,
    })
  })

  it('offers nothing before it is known', () => {
    expect(sortWays(null)).toMatchObject({ primary: null, token: false })
  })
})

describe('a sign-in', () => {
  const accounts = { list: async () => [account({ id: 'a1' })] }

  it('is found again when the window comes back', async () => {
    const { api } = apiWith({ accounts, signIns: { current: async () => signIn() } })
    const { store, start } = createSignInStore(api)
    start()
    await expect.poll(() => shownSignIn(store.getState())?.id).toBe('s1')
  })

  it('brings the account once it is connected', async () => {
    const { api, announce } = apiWith({ accounts, signIns: { current: async () => null } })
    const { store, start } = createSignInStore(api)
    const stop = start()
    announce('sign-ins.changed', signIn({ phase: 'connected', accountId: 'a1' }))
    await expect.poll(() => store.getState().account?.id).toBe('a1')
    stop()
    announce('sign-ins.changed', null)
    expect(store.getState().signIn?.phase).toBe('connected')
  })

  it('keeps what went wrong until the next try', async () => {
    let works = false
    const { api } = apiWith({
      accounts,
      signIns: {
        start: async () => {
          if (!works) throw new Failure('client-id-missing')
          return signIn()
        },
      },
    })
    const { store, begin } = createSignInStore(api)
    await begin({ provider: 'github', host: 'https://github.com', way: 'redirect' })
    expect(store.getState()).toMatchObject({ busy: false, failure: { code: 'client-id-missing' } })
    works = true
    await begin({ provider: 'github', host: 'https://github.com', way: 'redirect' })
    expect(store.getState()).toMatchObject({ failure: null, signIn: { phase: 'waiting' } })
  })

  it('is put away in main as well, under way or over, so that a new window does not show it', async () => {
    const cancelled: string[] = []
    const cancel = async ({ id }: { readonly id: string }) => {
      cancelled.push(id)
      return undefined
    }
    const { api, announce } = apiWith({ accounts, signIns: { current: async () => null, cancel } })
    const store = createSignInStore(api)
    store.start()
    announce('sign-ins.changed', signIn())
    await store.cancel()
    expect(cancelled).toEqual(['s1'])
    expect(shownSignIn(store.store.getState())).toBeNull()
    announce('sign-ins.changed', signIn({ id: 's2', phase: 'failed' }))
    await store.cancel()
    expect(cancelled).toEqual(['s1', 's2'])
    expect(shownSignIn(store.store.getState())).toBeNull()
  })
})
