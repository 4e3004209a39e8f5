import { describe, expect, it, vi } from 'vitest'
import type { Account } from '../../src-preload/contract/entities/account'
import { accountNotices as noticesIn } from './notifications'
import { wordsIn } from './words'

vi.mock('electron', () => ({ Notification: class {} }))

const accountNotices = (before: readonly Account[], after: readonly Account[]) =>
  noticesIn(before, after, wordsIn('en').notices)

const account = (id: string, state: Account['state']) => ({ id, state, label: '', login: id }) as Account

describe('what is worth an interruption', () => {
  it('is an account that stopped working', () => {
    const [notice] = accountNotices([account('ada', 'connected')], [account('ada', 'expired')])
    expect(notice).toMatchObject({ title: 'ada needs attention', to: '/accounts?account=ada' })
  })

  it.each<[string, Account['state'], Account['state']]>([
    ['a network that is away', 'connected', 'unreachable'],
    ['trouble that was told already', 'expired', 'revoked'],
    ['good news', 'expired', 'connected'],
  ])('is not %s', (_, before, after) => {
    expect(accountNotices([account('ada', before)], [account('ada', after)])).toEqual([])
  })

  it('is not an account that was just added', () => {
    expect(accountNotices([], [account('ada', 'needs-attention')])).toEqual([])
  })

  it('is told once for several', () => {
    const notices = accountNotices(
      [account('ada', 'connected'), account('grace', 'connected')],
      [account('ada', 'expired'), account('grace', 'revoked')],
    )
    expect(notices.map(({ title, body }) => [title, body])).toEqual([['2 git accounts need attention', 'ada, grace']])
  })
})
