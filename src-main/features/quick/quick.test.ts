import { describe, expect, it, vi } from 'vitest'
import type { Account } from '../../../src-preload/contract/entities/account'
import { Failure } from '../../../src-preload/contract/outcome'
import { createQuick, type QuickParts } from './quick'

const account = (change: Partial<Account>) =>
  ({ id: 'a', provider: 'p', host: 'https://git.acme.dev', kind: 'oauth', state: 'connected', ...change }) as Account

const setUp = (change: Partial<QuickParts> = {}) => {
  const start = vi.fn<QuickParts['start']>(async () => ({ road: 'deep-link' }))
  const check = vi.fn<QuickParts['check']>(async () => undefined)
  const quick = createQuick({
    accounts: () => [],
    oauthApps: () => [],
    cards: [{ id: 'p', hosts: [{ host: 'https://git.example' }] }],
    options: async () => ({ ways: [{ way: 'redirect', missing: null }] }),
    start,
    check,
    deploy: async () => undefined,
    log: { warn: () => undefined },
    ...change,
  })
  return { quick, start, check }
}
const signIn = { provider: 'p', host: 'https://git.acme.dev' }
const app = (provider: string, host: string) => ({
  provider,
  host,
  clientId: 'x',
  hasSecret: false,
  from: 'settings' as const,
  callbacks: 'own' as const,
})

describe('quick deeds', () => {
  it('offer a sign-in for each registered app, once', () => {
    const other = { provider: 'p', host: 'https://git.example' }
    const { quick } = setUp({
      oauthApps: () => [app('p', signIn.host), app('p', other.host), app('p', signIn.host)],
    })
    expect(quick.signIns()).toEqual([signIn, other])
  })

  it('sign in by the browser alone', async () => {
    const { quick, start } = setUp()
    expect(await quick.connect(signIn)).toBeNull()
    expect(start).toHaveBeenCalledWith({ ...signIn, way: 'redirect', reconnects: null, deploys: false })
  })

  it.each<[string, Partial<QuickParts>, string]>([
    [
      'a client ID is missing',
      { options: async () => ({ ways: [{ way: 'redirect', missing: 'client-id' }] }) },
      '/accounts/connect?provider=p&host=https%3A%2F%2Fgit.acme.dev',
    ],
    [
      'it fails',
      { start: () => Promise.reject(new Failure('unreachable')) },
      '/accounts/connect?provider=p&host=https%3A%2F%2Fgit.acme.dev',
    ],
    ['the address has to be pasted', { start: async () => ({ road: 'paste' }) }, '/accounts/connect'],
  ])('go on in the window when %s', async (_, change, place) => {
    expect(await setUp(change).quick.connect(signIn)).toBe(place)
  })

  it.each<[Partial<Account>, string | null]>([
    [{ state: 'expired' }, null],
    [{ state: 'revoked', kind: 'token' }, '/accounts/connect?account=a'],
    [{ state: 'expired', kind: 'ssh' }, '/accounts/connect?account=a'],
    [{ state: 'needs-attention' }, '/accounts?account=a'],
    [{ state: 'unreachable' }, null],
  ])('mend %j: %s', async (change, place) => {
    const { quick, start, check } = setUp({ accounts: () => [account(change)] })
    expect(await quick.fix('a')).toBe(place)
    expect(start).toHaveBeenCalledTimes(change.state === 'expired' && change.kind === undefined ? 1 : 0)
    expect(check).toHaveBeenCalledTimes(change.state === 'unreachable' ? 1 : 0)
  })

  it('show an app whose deploy could not begin', async () => {
    expect(await setUp({ deploy: () => Promise.reject(new Failure('unreachable')) }).quick.deploy('x y')).toBe(
      '/apps/x%20y',
    )
    expect(await setUp().quick.deploy('x')).toBeNull()
  })

  it('ask before they follow a link, and show no address that is none', () => {
    const { quick } = setUp()
    const ask = (repository: string | null) => quick.ask({ kind: 'request', text: 'cloudaipilot://x', repository })
    expect(ask('https://git.acme.dev/ada/engine')).toBe(
      `/link?${new URLSearchParams({
        name: 'git.acme.dev/ada/engine',
        to: '/accounts/connect?host=https%3A%2F%2Fgit.acme.dev%2Fada%2Fengine',
      })}`,
    )
    for (const none of [null, 'ext::sh -c id', 'https://ada:secret@git.acme.dev/a/b', 'file:///etc/passwd'])
      expect(ask(none)).toBe('/link?text=cloudaipilot%3A%2F%2Fx')
  })
})
