import { Notification } from 'electron'
import type { Account } from '../../src-preload/contract/entities/account'
import type { App } from '../../src-preload/contract/entities/app'
import { saidName } from '../../src-preload/contract/plain-text'
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
        body: listed(fresh.map(nameOf)),
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

const plain = (name: string): string => saidName(name, 60)
const nameOf = ({ label, login }: Account): string => plain(label || login)
const listed = (names: readonly string[]): string => saidName(names.join(', '), 200)

/** Whether an app's newest deploy has ended so since the last look. A deploy that was over before is no news. */
const hasEnded = (before: readonly App[], { id, lastDeploy }: App, state: 'failed' | 'succeeded'): boolean => {
  const known = before.find((app) => app.id === id)
  if (known === undefined || lastDeploy?.state !== state) return false
  return known.lastDeploy?.id !== lastDeploy.id || known.lastDeploy.state !== state
}

/** Deploys that failed between two looks at the apps, as one notice, and apps that went live for the first time. */
export const deployNotices = (before: readonly App[], after: readonly App[], words: NoticeWords): readonly Notice[] => {
  const failed = after.filter((app) => hasEnded(before, app, 'failed'))
  const [only] = failed
  const place = ({ id }: App) => `/apps/${encodeURIComponent(id)}`
  const failures: readonly Notice[] =
    only === undefined
      ? []
      : failed.length === 1
        ? [
            {
              key: `app-${only.id}`,
              title: words.deployFailed(plain(only.name)),
              body: only.current === null ? words.deployFailedFirst : words.deployFailedBody,
              to: place(only),
            },
          ]
        : [
            {
              key: 'apps',
              title: words.deploysFailed(failed.length),
              body: listed(failed.map(({ name }) => plain(name))),
              to: '/apps',
            },
          ]
  const first = after.filter(
    (app) =>
      hasEnded(before, app, 'succeeded') &&
      before.find(({ id }) => id === app.id)?.current === null &&
      app.lastDeploy?.reason !== 'rollback',
  )
  return [
    ...failures,
    ...first.map((app) => ({
      key: `app-${app.id}`,
      title: words.firstSuccess(plain(app.name)),
      body: words.firstSuccessBody,
      to: place(app),
    })),
  ]
}

/** Says once that the app is still there after its window was closed. */
export const inTrayNotice = (words: NoticeWords): Notice => ({
  key: 'in-tray',
  title: words.inTray,
  body: words.inTrayBody,
  to: '/settings/general',
})

/** A sign-in that began without the window has ended well. */
export const connectedNotice = (login: string, accountId: string, words: NoticeWords): Notice => ({
  key: `account-${accountId}`,
  title: words.connected(plain(login)),
  body: '',
  to: `/accounts?account=${encodeURIComponent(accountId)}`,
})

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
