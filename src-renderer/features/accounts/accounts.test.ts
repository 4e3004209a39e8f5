import { describe, expect, it } from 'vitest'
import { createFakeBridge } from '../../../e2e/preview/fake-bridge'
import { account } from '../../../e2e/preview/sample-data'
import type { Account } from '../../../src-preload/contract/entities/account'
import { Failure, type FailureCode } from '../../../src-preload/contract/outcome'
import { createApi } from '../../client'
import { endsSoon, matches, nameOf, nextActionOf, reasonOf, stateOf } from './account-view'
import { createAccountsStore } from './accounts-store'

const now = Date.now()
const because = (code: FailureCode, change: Partial<Account> = {}) =>
  account({ id: 'a', state: 'needs-attention', reason: { code, facts: {} }, ...change })

describe('how a row reads', () => {
  it.each<[string, Account, string, string]>([
    ['connected', account({ id: 'a' }), 'Connected', 'refresh'],
    ['expired', account({ id: 'a', state: 'expired' }), 'Expired', 'reconnect'],
    ['revoked', account({ id: 'a', state: 'revoked' }), 'Revoked', 'reconnect'],
    ['unreachable', account({ id: 'a', state: 'unreachable' }), 'Unreachable', 'refresh'],
    ['waiting', account({ id: 'a', state: 'waiting' }), 'Waiting for the keychain', 'unlock'],
    ['locked', because('vault-locked', { state: 'waiting' }), 'Locked', 'unlock'],
    ['scope by OAuth', because('scope-missing'), 'Needs attention', 'reconnect'],
    ['scope of a token', because('scope-missing', { kind: 'token' }), 'Needs attention', 'replace-token'],
    [
      'ends soon',
      because('expires-soon', { kind: 'token', expiresAt: now + 9 * 86_400_000 }),
      'Expires in 9 d',
      'replace-token',
    ],
    ['hidden', because('repos-hidden'), 'Needs attention', 'manage-access'],
    [
      'hidden, no page to change it',
      because('repos-hidden', { access: { selection: 'unknown', manageUrl: null, owners: [] } }),
      'Needs attention',
      'refresh',
    ],
    ['key refused', because('publickey-denied', { kind: 'ssh' }), 'Permission denied', 'show-key'],
    ['host key changed', because('host-key-changed', { kind: 'ssh' }), 'Host key changed', 'open-host-keys'],
    ['host key forgotten', because('host-key-unknown', { kind: 'ssh' }), 'Host key unknown', 'show-host-key'],
  ])('%s', (_, one, word, action) => {
    expect(stateOf(one, now).word).toBe(word)
    expect(nextActionOf(one)).toBe(action)
  })

  it('gives one reason, and none where a bar or the state says it already', () => {
    expect(reasonOf(account({ id: 'a' }), 'GitHub')).toBeNull()
    expect(reasonOf(because('vault-locked', { state: 'waiting' }), 'GitHub')).toBeNull()
    expect(reasonOf(because('auth-revoked', { state: 'revoked' }), 'GitHub')).toMatch(
      /^OAuth token revoked. GitHub no longer accepts/,
    )
    const ending = because('expires-soon', { kind: 'token' })
    expect(endsSoon(ending)).toBe(true)
    expect(reasonOf(ending, 'GitHub')).not.toContain('expires')
  })

  it('is found by every word it shows', () => {
    const one = account({ id: 'a', label: 'Work', login: 'mona', host: 'https://gitlab.acme.dev', state: 'expired' })
    expect(nameOf(one)).toBe('Work')
    for (const text of ['work', 'MONA', 'acme.dev', 'GitLab', ' expired '])
      expect(matches(one, 'GitLab', text)).toBe(true)
    expect(matches(one, 'GitLab', 'bitbucket')).toBe(false)
  })
})

const one = account({ id: 'a' })
const two = account({ id: 'b', login: 'hubot' })

describe('the list', () => {
  it('loads, follows announcements and stops listening', async () => {
    const { bridge, announce } = createFakeBridge({ accounts: { list: async () => [one], receipts: async () => [] } })
    const { store, start } = createAccountsStore(createApi(bridge))
    const stop = start()
    await expect.poll(() => store.getState().accounts).toEqual([one])
    announce('accounts.changed', [one, two])
    expect(store.getState().accounts).toEqual([one, two])
    stop()
    announce('accounts.changed', [])
    expect(store.getState().accounts).toEqual([one, two])
  })

  it('does not let a late answer undo a newer announcement', async () => {
    let answer: (accounts: Account[]) => void = () => undefined
    const { bridge, announce } = createFakeBridge({
      accounts: { list: () => new Promise((resolve) => (answer = resolve)), receipts: async () => [] },
    })
    const { store, start, load } = createAccountsStore(createApi(bridge))
    start()
    const loading = load()
    announce('accounts.changed', [one, two])
    answer([one])
    await loading
    expect(store.getState().accounts).toEqual([one, two])
  })

  it('shows why it could not be read, and not an empty list', async () => {
    const { bridge } = createFakeBridge({
      accounts: {
        list: async () => {
          throw new Failure('storage-failed', { path: '/x' })
        },
      },
    })
    const { store, load } = createAccountsStore(createApi(bridge))
    await load()
    expect(store.getState()).toMatchObject({ accounts: null, failure: { code: 'storage-failed' } })
  })

  it('marks an account busy while it is refreshed and keeps its failure with it', async () => {
    let works = false
    const { bridge } = createFakeBridge({
      accounts: {
        list: async () => [one, two],
        refresh: async () => {
          if (!works) throw new Failure('unreachable')
          return { ...two, state: 'expired' as const }
        },
      },
    })
    const { store, load, refresh } = createAccountsStore(createApi(bridge))
    await load()
    const refreshing = refresh('b')
    expect(store.getState().busy).toEqual(new Set(['b']))
    await refreshing
    expect(store.getState().busy.size).toBe(0)
    expect(store.getState().failures).toEqual({ b: { code: 'unreachable', facts: {} } })
    works = true
    await refresh('b')
    expect(store.getState().failures).toEqual({})
    expect(store.getState().accounts?.map(({ state }) => state)).toEqual(['connected', 'expired'])
  })

  it('takes a revoked account out and offers its open receipt', async () => {
    const receipt = { accountId: 'b', login: 'hubot', host: 'https://github.com', at: now, steps: [] }
    const { bridge } = createFakeBridge({
      accounts: { list: async () => [one, two], revoke: async () => receipt, receipts: async () => [receipt] },
    })
    const { store, load, revoke } = createAccountsStore(createApi(bridge))
    await load()
    await expect(revoke('b')).resolves.toEqual(receipt)
    expect(store.getState().accounts).toEqual([one])
    expect(store.getState().receipts).toEqual([receipt])
  })
})
