import { Notification } from 'electron'
import type { Account } from '../../src-preload/contract/entities/account'
import type { ShellWords } from './words'

type NoticeWords = ShellWords['notices']

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

const sentenceOf = (state: Account['state'], words: NoticeWords): string => {
  switch (state) {
    case 'expired':
      return words.expired
    case 'revoked':
      return words.revoked
    default:
      return words.partly
  }
}

/**
 * What changed for the worse between two looks at the accounts: one notice for one account, a single one for several.
 * Accounts that are new or already in trouble say nothing: their person is looking at them, or has been told.
 */
export const accountNotices = (
  before: readonly Account[],
  after: readonly Account[],
  words: NoticeWords,
): readonly Notice[] => {
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
        title: words.several(fresh.length),
        body: fresh.map(nameOf).join(', ').slice(0, 200),
        to: '/accounts',
      },
    ]
  }
  return [
    {
      key: `account-${only.id}`,
      title: words.one(nameOf(only)),
      body: sentenceOf(only.state, words),
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
