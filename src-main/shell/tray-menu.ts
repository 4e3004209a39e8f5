import type { Account } from '../../src-preload/contract/entities/account'

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
}

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
const words = {
  connected: 'Connected',
  'needs-attention': 'Needs attention',
  expired: 'Expired',
  revoked: 'Revoked',
  unreachable: 'Unreachable',
  waiting: 'Waiting for the keychain',
  checking: 'Checking',
} as const
const fixes: Partial<Record<Account['state'], string>> = {
  'needs-attention': 'Look at it',
  expired: 'Reconnect',
  revoked: 'Reconnect',
  unreachable: 'Check again',
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

const accountItem = (account: Account): TrayItem => {
  const text = menuText(
    `${mark[account.state]} ${account.label || account.login} — ${new URL(account.host).host} · ${words[account.state]}`,
  )
  const fix = fixes[account.state]
  const details: TrayItem = {
    kind: 'item',
    text: 'Show account',
    action: { do: 'go', to: `/accounts?account=${encodeURIComponent(account.id)}` },
  }
  if (fix === undefined) return { kind: 'menu', text, items: [details] }
  return {
    kind: 'menu',
    text,
    items: [{ kind: 'item', text: fix, action: { do: 'fix', accountId: account.id } }, details],
  }
}

const expiries = ({ accounts, now }: TrayFacts): readonly TrayItem[] =>
  accounts
    .flatMap((account) => (account.expiresAt === null ? [] : [{ account, left: account.expiresAt - now }]))
    .filter(({ left }) => left > 0 && left < 14 * day)
    .sort((a, b) => a.left - b.left)
    .map(({ account, left }) => ({
      kind: 'item',
      text: menuText(
        `${account.label || account.login}: ${Math.ceil(left / day)} ${Math.ceil(left / day) === 1 ? 'day' : 'days'} left`,
      ),
      action: { do: 'go', to: `/accounts?account=${encodeURIComponent(account.id)}` },
    }))

/** The whole menu. */
export const trayMenu = (facts: TrayFacts): readonly TrayItem[] => {
  const soon = expiries(facts)
  const more = facts.accounts.length - shown
  return [
    { kind: 'item', text: 'Open CloudAIPilot', action: { do: 'go', to: '' } },
    { kind: 'line' },
    {
      kind: 'menu',
      text: 'Connect Git Account',
      items: facts.providers.map(({ id, title }) => ({
        kind: 'item',
        text: menuText(title),
        action: { do: 'connect', provider: id },
      })),
    },
    ...(facts.accounts.length === 0 ? [] : ([{ kind: 'line' }] satisfies TrayItem[])),
    ...facts.accounts.slice(0, shown).map(accountItem),
    ...(more > 0
      ? ([{ kind: 'item', text: `${more} more…`, action: { do: 'go', to: '/accounts' } }] satisfies TrayItem[])
      : []),
    ...(soon.length === 0 ? [] : ([{ kind: 'menu', text: 'Expires soon', items: soon }] satisfies TrayItem[])),
    { kind: 'line' },
    ...(facts.keys.length === 0
      ? []
      : ([
          {
            kind: 'menu',
            text: 'Copy SSH public key',
            items: facts.keys
              .slice(0, 30)
              .map(({ id, name }) => ({ kind: 'item', text: menuText(name), action: { do: 'copy-key', keyId: id } })),
          },
        ] satisfies TrayItem[])),
    { kind: 'item', text: 'Check all', action: { do: 'check-all' } },
    { kind: 'item', text: 'Settings', action: { do: 'go', to: '/settings/general' } },
    { kind: 'line' },
    { kind: 'item', text: 'Quit CloudAIPilot', action: { do: 'quit' } },
  ]
}
