import type { Account } from '../../src-preload/contract/entities/account'
import type { ShellWords } from './words'

/** What a click in the tray does. Words are made here; deeds are wired in the composition root. */
export type TrayAction =
  | { readonly do: 'connect'; readonly provider: string }
  | { readonly do: 'go'; readonly to: string }
  | { readonly do: 'fix'; readonly accountId: string }
  | { readonly do: 'copy-key'; readonly keyId: string }
  | { readonly do: 'check-all' }
  | { readonly do: 'quit' }

/** One line of the tray's menu, as data, so that it can be built and tested without a tray. */
export type TrayItem =
  | { readonly kind: 'line' }
  | { readonly kind: 'label'; readonly text: string }
  | { readonly kind: 'item'; readonly text: string; readonly action: TrayAction }
  | { readonly kind: 'menu'; readonly text: string; readonly items: readonly TrayItem[] }

/** What the menu shows. */
export interface TrayFacts {
  readonly now: number
  readonly accounts: readonly Account[]
  readonly providers: readonly { readonly id: string; readonly title: string }[]
  readonly keys: readonly { readonly id: string; readonly name: string }[]
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

/** Menus are read by people in a hurry: more accounts than this go into the window. */
const shown = 12

export const trayState = (accounts: readonly Account[]): TrayState => {
  if (accounts.some(({ state }) => state === 'expired' || state === 'revoked' || state === 'needs-attention'))
    return 'attention'
  return accounts.length > 0 && accounts.every(({ state }) => state === 'unreachable') ? 'offline' : 'fine'
}

/** A name as a menu can show it: one line, no control or direction characters, not endless. `&` would underline. */
export const menuText = (text: string): string =>
  text
    .replace(/[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll('&', '&&')
    .slice(0, 60)

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

/** The whole menu. */
export const trayMenu = (facts: TrayFacts): readonly TrayItem[] => {
  const { words } = facts
  const soon = expiries(facts)
  const more = facts.accounts.length - shown
  return [
    { kind: 'item', text: words.open, action: { do: 'go', to: '' } },
    { kind: 'line' },
    {
      kind: 'menu',
      text: words.connect,
      items: facts.providers.map(({ id, title }) => ({
        kind: 'item',
        text: menuText(title),
        action: { do: 'connect', provider: id },
      })),
    },
    ...(facts.accounts.length === 0 ? [] : ([{ kind: 'line' }] satisfies TrayItem[])),
    ...facts.accounts.slice(0, shown).map((account) => accountItem(account, words)),
    ...(more > 0
      ? ([{ kind: 'item', text: words.more(more), action: { do: 'go', to: '/accounts' } }] satisfies TrayItem[])
      : []),
    ...(soon.length === 0 ? [] : ([{ kind: 'menu', text: words.expiresSoon, items: soon }] satisfies TrayItem[])),
    { kind: 'line' },
    ...(facts.keys.length === 0
      ? []
      : ([
          {
            kind: 'menu',
            text: words.copyKey,
            items: facts.keys
              .slice(0, 30)
              .map(({ id, name }) => ({ kind: 'item', text: menuText(name), action: { do: 'copy-key', keyId: id } })),
          },
        ] satisfies TrayItem[])),
    { kind: 'item', text: words.checkAll, action: { do: 'check-all' } },
    { kind: 'item', text: words.settings, action: { do: 'go', to: '/settings/general' } },
    { kind: 'line' },
    { kind: 'item', text: words.quit, action: { do: 'quit' } },
  ]
}
