import { Notification } from 'electron'
import type { Account } from '../../src-preload/contract/entities/account'

/** Something worth interrupting a person for. */
export interface Notice {
  /** Notices of the same kind about the same thing are one. */
  readonly key: string
  readonly title: string
  readonly body: string
  /** Where a click leads. */
  readonly to: string
}

const troubled = (state: Account['state']) => state === 'expired' || state === 'revoked' || state === 'needs-attention'

const sentences: Partial<Record<Account['state'], string>> = {
  expired: 'Its sign-in has expired. Reconnect it to keep its apps deploying.',
  revoked: 'Its access was revoked. Reconnect it to keep its apps deploying.',
  'needs-attention': 'It works only in part. Open it to see why.',
}

/**
 * What changed for the worse between two looks at the accounts: one notice for one account, a single one for several.
 * Accounts that are new or already in trouble say nothing: their person is looking at them, or has been told.
 */
export const accountNotices = (before: readonly Account[], after: readonly Account[]): readonly Notice[] => {
  const fresh = after.filter((account) => {
    const known = before.find(({ id }) => id === account.id)
    return known !== undefined && !troubled(known.state) && troubled(account.state)
  })
  const [only] = fresh
  if (only === undefined) return []
  if (fresh.length > 1) {
    return [
      {
        key: 'accounts',
        title: `${fresh.length} git accounts need attention`,
        body: fresh.map(nameOf).join(', ').slice(0, 200),
        to: '/accounts',
      },
    ]
  }
  return [
    {
      key: `account-${only.id}`,
      title: `${nameOf(only)} needs attention`,
      body: sentences[only.state] ?? '',
      to: `/accounts?account=${encodeURIComponent(only.id)}`,
    },
  ]
}

const nameOf = ({ label, login }: Account): string => (label || login).replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 60)

/** Shows notices while nobody looks at the window. The system decides when it is quiet. */
export const createNotifier = (watched: () => boolean, go: (to: string) => void) => {
  /** Kept until closed: a notification that is collected forgets its click. */
  const shown = new Map<string, Notification>()
  return {
    tell: ({ key, title, body, to }: Notice): void => {
      if (watched() || !Notification.isSupported()) return
      shown.get(key)?.close()
      const notification = new Notification({ title, body, silent: false })
      notification.on('click', () => go(to))
      notification.on('close', () => shown.delete(key))
      shown.set(key, notification)
      notification.show()
    },
  }
}
