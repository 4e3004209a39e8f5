import { describe, expect, it } from 'vitest'
import { createAnnouncer } from '../../../e2e/preview/announcer'
import { webhook } from '../../../e2e/preview/deploy-data'
import type { Api } from '../../../src-preload/contract'
import type { Webhook } from '../../../src-preload/contract/entities/webhook'
import { Failure } from '../../../src-preload/contract/outcome'
import { createWebhookStore } from './webhook-store'
import { deliveryTone, nextOf, stateOf } from './webhook-view'

const started = (answers: Partial<Api['webhooks']> = {}) => {
  const { on, announce } = createAnnouncer()
  const good = async () => webhook()
  const webhooks: Api['webhooks'] = {
    get: async () => webhook({ state: 'checking' }),
    check: good,
    repair: good,
    test: good,
    rotateSecret: good,
    remove: async () => webhook({ state: 'absent' }),
    setUrl: good,
    copySecret: async () => 'Copied.',
    ...answers,
  }
  const hook = createWebhookStore({ webhooks, on }, 'p1')
  hook.start()
  return { ...hook, announce, state: hook.store.getState }
}

describe('the webhook of an app', () => {
  it('is looked at again when somebody opens it', async () => {
    const { state } = started()
    await expect.poll(() => state().webhook?.state).toBe('healthy')
  })

  it('shows what is known when looking again fails, with the reason', async () => {
    const { state } = started({
      check: async () => {
        throw new Failure('rate-limited')
      },
    })
    await expect.poll(() => state().failure?.code).toBe('rate-limited')
    expect(state().webhook?.state).toBe('checking')
  })

  it('does one thing at a time', async () => {
    let tests = 0
    const { state, test } = started({
      test: async () => {
        tests += 1
        return webhook()
      },
    })
    await expect.poll(() => state().busy).toBeNull()
    await expect.poll(() => state().webhook?.state).toBe('healthy')
    await Promise.all([test(), test()])
    expect(tests).toBe(1)
    expect(state().done).toBe('test')
  })

  it('takes announcements of its own app only', async () => {
    const { state, announce } = started()
    await expect.poll(() => state().webhook?.state).toBe('healthy')
    announce('webhooks.changed', webhook({ appId: 'p2', state: 'failing' }))
    expect(state().webhook?.state).toBe('healthy')
    announce('webhooks.changed', webhook({ state: 'drifted' }))
    expect(state().webhook?.state).toBe('drifted')
  })
})

describe('how a webhook reads', () => {
  it.each<[Webhook['state'], string]>([
    ['healthy', 'test'],
    ['silent', 'test'],
    ['failing', 'repair'],
    ['disabled', 'repair'],
    ['drifted', 'repair'],
    ['absent', 'repair'],
    ['refused', 'repair'],
    ['by-hand', 'test'],
  ])('%s asks for %s', (state, next) => {
    expect(nextOf(webhook({ state }))).toBe(next)
    expect(stateOf(webhook({ state })).word).not.toBe('')
  })

  it('offers nothing that can’t be done', () => {
    const can = { test: false, deliveries: false, repair: false }
    for (const state of ['healthy', 'drifted', 'absent'] as const) expect(nextOf(webhook({ state, can }))).toBe('check')
  })

  it('judges a call by what the server did, else by the status', () => {
    const [call] = webhook().deliveries
    if (call === undefined) throw new Error('There is no sample')
    const tone = (change: Partial<typeof call>) => deliveryTone({ ...call, ...change })
    expect(tone({ outcome: 'deployed' })).toBe('good')
    expect(tone({ outcome: 'ignored-paths' })).toBe('idle')
    expect(tone({ outcome: 'bad-signature', status: 200 })).toBe('bad')
    expect(tone({ outcome: null, status: 204 })).toBe('good')
    expect(tone({ outcome: null, status: 502 })).toBe('bad')
    expect(tone({ outcome: null, status: null })).toBe('bad')
  })
})
