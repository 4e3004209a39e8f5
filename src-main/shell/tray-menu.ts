import type { Account } from '../../src-preload/contract/entities/account'
import type { App } from '../../src-preload/contract/entities/app'
import { saidName } from '../../src-preload/contract/plain-text'
import type { ShellWords } from './words'

/** What a click in the tray does. Words are made here; deeds are wired in the composition root. */
export type TrayAction =
  | { readonly do: 'connect'; readonly provider: string; readonly host: string }
  | { readonly do: 'go'; readonly to: string }
  | { readonly do: 'fix'; readonly accountId: string }
  | { readonly do: 'deploy'; readonly appId: string }
  | { readonly do: 'copy-key'; readonly keyId: string }
  | { readonly do: 'check-all' }
  | { readonly do: 'quit' }

/** One line of the tray's menu, as data, so that it can be built and tested without a tray. */
export type TrayItem =
  | { readonly kind: 'line' }
  | { readonly kind: 'label'; readonly text: string }
  | { readonly kind: 'item'; readonly text: string; readonly action: TrayAction }
  | {
      readonly kind: 'menu'
      readonly text: string
      readonly items: readonly TrayItem[]
      /** What it shows is looked up when it opens. */
      readonly looksUp?: true
    }

/** What the menu shows. */
export interface TrayFacts {
  readonly now: number
  readonly accounts: readonly Account[]
  readonly providers: readonly { readonly id: string; readonly title: string }[]
  /** Sign-ins that can begin in the browser at once. */
  readonly signIns: readonly { readonly provider: string; readonly host: string; readonly title: string }[]
  /** Last push first. */
  readonly repositories: readonly { readonly accountId: string; readonly id: string; readonly path: string }[]
  readonly apps: readonly Pick<App, 'id' | 'name' | 'state'>[]
  readonly keys: readonly { readonly id: string; readonly name: string }[]
  /** A clone address on the clipboard, and where it leads. */
  readonly clipboard: { readonly name: string; readonly to: string } | null
  readonly words: TrayWords
}

type TrayWords = ShellWords['tray']

/** The icon: fine, something to do, or nothing reachable. */
export type TrayState = 'fine' | 'attention' | 'offline'

const day = 86_400_000
const mark = {
  connected: '●',
  'needs-attention': '▲',
  expired: '✕',
  revoked: '✕',
  unreachable: '○',
  waiting: '○',
  checking: '○',
} as const
const fixOf = (state: Account['state'], words: TrayWords): string | undefined => {
  switch (state) {
    case 'needs-attention':
      return words.look
    case 'expired':
    case 'revoked':
      return words.reconnect
    case 'unreachable':
      return words.checkAgain
    default:
      return undefined
  }
}

const appMark = { live: '●', deploying: '○', 'never-deployed': '○', failed: '✕', unknown: '○' } as const

/** Menus are read by people in a hurry: more accounts than this go into the window. */
const shown = 12
/** Lines of a submenu. */
const most = 30

export const trayState = (accounts: readonly Account[]): TrayState => {
  if (accounts.some(({ state }) => state === 'expired' || state === 'revoked' || state === 'needs-attention'))
    return 'attention'
  return accounts.length > 0 && accounts.every(({ state }) => state === 'unreachable') ? 'offline' : 'fine'
}

/** A name as a menu can show it: one line, no control or direction characters, not endless. `&` would underline. */
export const menuText = (text: string): string => saidName(text.replace(/[\t\n\r]/g, ''), 60).replaceAll('&', '&&')

const accountItem = (account: Account, words: TrayWords): TrayItem => {
  const text = menuText(
    `${mark[account.state]} ${account.label || account.login} — ${new URL(account.host).host} · ${words.states[account.state]}`,
  )
  const fix = fixOf(account.state, words)
  const details: TrayItem = {
    kind: 'item',
    text: words.showAccount,
    action: { do: 'go', to: `/accounts?account=${encodeURIComponent(account.id)}` },
  }
  if (fix === undefined) return { kind: 'menu', text, items: [details] }
  return {
    kind: 'menu',
    text,
    items: [{ kind: 'item', text: fix, action: { do: 'fix', accountId: account.id } }, details],
  }
}

const expiries = ({ accounts, now, words }: TrayFacts): readonly TrayItem[] =>
  accounts
    .flatMap((account) => (account.expiresAt === null ? [] : [{ account, left: account.expiresAt - now }]))
    .filter(({ left }) => left > 0 && left < 14 * day)
    .sort((a, b) => a.left - b.left)
    .map(({ account, left }) => ({
      kind: 'item',
      text: menuText(words.daysLeft(account.label || account.login, Math.ceil(left / day))),
      action: { do: 'go', to: `/accounts?account=${encodeURIComponent(account.id)}` },
    }))

const line: TrayItem = { kind: 'line' }

/** A submenu, or nothing where it would be empty. */
const submenu = (text: string, items: readonly TrayItem[]): readonly TrayItem[] =>
  items.length === 0 ? [] : [{ kind: 'menu', text, items }]

/** What was copied, sign-ins that go straight to the browser, and the providers, which the window asks about. */
const connectItems = ({ clipboard, signIns, providers, words }: TrayFacts): readonly TrayItem[] => [
  ...(clipboard === null
    ? []
    : ([
        { kind: 'item', text: menuText(words.clipboard(clipboard.name)), action: { do: 'go', to: clipboard.to } },
        line,
      ] satisfies TrayItem[])),
  ...signIns.map(
    ({ provider, host, title }): TrayItem => ({
      kind: 'item',
      text: menuText(`${title} — ${new URL(host).host}`),
      action: { do: 'connect', provider, host },
    }),
  ),
  ...(signIns.length === 0 ? [] : [line]),
  ...providers.map(
    ({ id, title }): TrayItem => ({
      kind: 'item',
      text: menuText(`${title}…`),
      action: { do: 'go', to: `/accounts/connect?provider=${encodeURIComponent(id)}` },
    }),
  ),
]

const cloneItems = ({ repositories }: TrayFacts): readonly TrayItem[] =>
  repositories.map(({ accountId, id, path }) => ({
    kind: 'item',
    text: menuText(path),
    action: { do: 'go', to: `/repositories?${new URLSearchParams({ account: accountId, text: path, clone: id })}` },
  }))

const deployItems = ({ apps, words }: TrayFacts): readonly TrayItem[] => [
  ...apps.slice(0, most).map(
    ({ id, name, state }): TrayItem => ({
      kind: 'menu',
      text: menuText(`${appMark[state]} ${name} · ${words.appStates[state]}`),
      items: [
        { kind: 'item', text: words.deploy, action: { do: 'deploy', appId: id } },
        { kind: 'item', text: words.showApp, action: { do: 'go', to: `/apps/${encodeURIComponent(id)}` } },
      ],
    }),
  ),
  ...more(apps.length - most, words, '/apps'),
]

const keyItems = ({ keys, words }: TrayFacts): readonly TrayItem[] => [
  ...keys
    .slice(0, most)
    .map(({ id, name }): TrayItem => ({ kind: 'item', text: menuText(name), action: { do: 'copy-key', keyId: id } })),
  ...more(keys.length - most, words, '/ssh-keys'),
]

/** The line that leads to those that are not shown. */
const more = (left: number, words: TrayWords, to: string): readonly TrayItem[] =>
  left > 0 ? [{ kind: 'item', text: words.more(left), action: { do: 'go', to } }] : []

/** The whole menu. */
export const trayMenu = (facts: TrayFacts): readonly TrayItem[] => {
  const { accounts, words } = facts
  return [
    { kind: 'item', text: words.open, action: { do: 'go', to: '' } },
    line,
    { kind: 'menu', text: words.connect, items: connectItems(facts), looksUp: true },
    ...(accounts.length === 0 ? [] : [line]),
    ...accounts.slice(0, shown).map((account) => accountItem(account, words)),
    ...more(accounts.length - shown, words, '/accounts'),
    ...submenu(words.expiresSoon, expiries(facts)),
    line,
    ...submenu(words.testClone, cloneItems(facts)),
    ...submenu(words.apps, deployItems(facts)),
    ...submenu(words.copyKey, keyItems(facts)),
    { kind: 'item', text: words.checkAll, action: { do: 'check-all' } },
    { kind: 'item', text: words.settings, action: { do: 'go', to: '/settings/general' } },
    line,
    { kind: 'item', text: words.quit, action: { do: 'quit' } },
  ]
}
