import { describe, expect, it, vi } from 'vitest'
import type { Account } from '../../src-preload/contract/entities/account'
import type { App, Deploy } from '../../src-preload/contract/entities/app'
import { deployNotices as deployNoticesIn, accountNotices as noticesIn } from './notifications'
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

const deployNotices = (before: readonly App[], after: readonly App[]) =>
  deployNoticesIn(before, after, wordsIn('en').notices).map(({ title, to }) => [title, to])

const app = (id: string, deploy: string, state: Deploy['state'], live = true) =>
  ({ id, name: id, lastDeploy: { id: deploy, state, reason: 'push' }, current: live ? { name: 'r1' } : null }) as App

describe('of deploys it is', () => {
  it.each([
    [
      'one that failed',
      app('shop', '1', 'running'),
      app('shop', '1', 'failed'),
      ['Deploy of shop failed', '/apps/shop'],
    ],
    [
      'one that a push started',
      app('shop', '1', 'succeeded'),
      app('shop', '2', 'failed'),
      ['Deploy of shop failed', '/apps/shop'],
    ],
    [
      'the first success',
      app('shop', '1', 'running', false),
      app('shop', '1', 'succeeded'),
      ['shop is live', '/apps/shop'],
    ],
  ])('%s', (_, before, after, notice) => expect(deployNotices([before], [after])).toEqual([notice]))

  it.each([
    ['a later success', app('shop', '1', 'running'), app('shop', '1', 'succeeded')],
    ['a failure that was told', app('shop', '1', 'failed'), app('shop', '1', 'failed')],
    ['one that somebody cancelled', app('shop', '1', 'running'), app('shop', '1', 'cancelled')],
  ])('not %s', (_, before, after) => expect(deployNotices([before], [after])).toEqual([]))

  it('not what happened before the app was started', () => {
    expect(deployNotices([], [app('shop', '1', 'failed')])).toEqual([])
  })

  it('told once for several', () => {
    const before = [app('shop', '1', 'running'), app('blog', '1', 'running')]
    const after = [app('shop', '1', 'failed'), app('blog', '1', 'failed')]
    expect(deployNotices(before, after)).toEqual([['2 deploys failed', '/apps']])
  })
})
