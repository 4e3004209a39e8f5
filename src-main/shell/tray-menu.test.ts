import { describe, expect, it } from 'vitest'
import type { Account, AccountState } from '../../src-preload/contract/entities/account'
import { menuText, type TrayAction, type TrayFacts, type TrayItem, trayMenu, trayState } from './tray-menu'
import { wordsIn } from './words'

const words = wordsIn('en').tray
const day = 86_400_000

const account = (change: Partial<Account> = {}): Account => ({
  id: 'a',
  provider: 'p',
  host: 'https://git.acme.dev',
  kind: 'oauth',
  login: 'ada',
  name: 'Ada',
  label: '',
  isDefault: true,
  state: 'connected',
  reason: null,
  addresses: [],
  namedAs: null,
  scopes: null,
  access: { selection: 'all', manageUrl: null, owners: [] },
  repositoryCount: 3,
  expiresAt: null,
  renewsAt: null,
  connectedAt: 0,
  checkedAt: null,
  nextCheckAt: null,
  appsUsing: 0,
  samePersonAs: null,
  can: { refresh: true, revoke: true, list: true, webhooks: true, deployKeys: true },
  ...change,
})

const build = (accounts: readonly Account[], change: Partial<TrayFacts> = {}) =>
  trayMenu({
    now: 0,
    accounts,
    providers: [{ id: 'p', title: 'Provider & Co' }],
    signIns: [],
    repositories: [],
    apps: [],
    keys: [{ id: 'k', name: 'laptop' }],
    clipboard: null,
    words,
    ...change,
  })

/** Actions by the text of their line, of all submenus. */
const actions = (items: readonly TrayItem[]): Readonly<Record<string, TrayAction>> =>
  Object.fromEntries(
    items.flatMap((item) =>
      item.kind === 'menu'
        ? Object.entries(actions(item.items))
        : item.kind === 'item'
          ? [[item.text, item.action]]
          : [],
    ),
  )

const texts = (items: readonly TrayItem[]): string[] =>
  items.flatMap((item) =>
    item.kind === 'line' ? [] : item.kind === 'menu' ? [item.text, ...texts(item.items)] : [item.text],
  )

describe('the tray', () => {
  it.each<[AccountState[], string]>([
    [[], 'fine'],
    [['connected'], 'fine'],
    [['connected', 'expired'], 'attention'],
    [['needs-attention'], 'attention'],
    [['unreachable', 'unreachable'], 'offline'],
    [['unreachable', 'connected'], 'fine'],
  ])('shows %j as %s', (states, state) => {
    expect(trayState(states.map((one) => account({ state: one })))).toBe(state)
  })

  it('offers sign-in, each account with its one fix, keys, and the way out', () => {
    const all = texts(build([account(), account({ id: 'b', label: 'work', state: 'expired' })]))
    expect(all).toEqual(
      expect.arrayContaining([
        'Connect Git Account',
        'Provider && Co…',
        '● ada — git.acme.dev · Connected',
        '✕ work — git.acme.dev · Expired',
        'Reconnect',
        'Copy SSH public key',
        'laptop',
        'Check all',
        'Quit CloudAIPilot',
      ]),
    )
  })

  it('signs in at once where an OAuth app is registered, clones, deploys, and takes up what was copied', () => {
    const all = actions(
      build([], {
        signIns: [{ provider: 'p', host: 'https://git.acme.dev', title: 'Provider' }],
        repositories: [{ accountId: 'a', id: '7', path: 'ada/engine' }],
        apps: [{ id: 'x', name: 'shop', state: 'live' }],
        clipboard: { name: 'git.acme.dev/ada/engine', to: '/repositories?text=ada%2Fengine' },
      }),
    )
    expect(all).toMatchObject({
      'Provider — git.acme.dev': { do: 'connect', provider: 'p', host: 'https://git.acme.dev' },
      'ada/engine': { do: 'go', to: '/repositories?account=a&text=ada%2Fengine&clone=7' },
      'Deploy now': { do: 'deploy', appId: 'x' },
      'Show app': { do: 'go', to: '/apps/x' },
      'From the clipboard: git.acme.dev/ada/engine': { do: 'go', to: '/repositories?text=ada%2Fengine' },
    })
  })

  it('counts what ends in the next 14 days, soonest first', () => {
    const ends = (id: string, days: number) => account({ id, label: id, expiresAt: days * day })
    const soon = build([ends('later', 13), ends('sooner', 1), ends('far', 30), ends('over', -1)]).find(
      (item) => item.kind === 'menu' && item.text === 'Expires soon',
    )
    expect(soon?.kind === 'menu' && texts(soon.items)).toEqual(['sooner: 1 day left', 'later: 13 days left'])
  })

  it('stays short with many accounts', () => {
    const many = Array.from({ length: 50 }, (_, index) => account({ id: String(index) }))
    const items = build(many)
    expect(items.length).toBeLessThan(30)
    expect(texts(items)).toContain('38 more…')
  })

  it('lets no name rearrange or break a line', () => {
    expect(menuText('a\n\u202eb&c')).toBe('ab&&c')
  })
})
