import { describe, expect, it } from 'vitest'
import { createAnnouncer } from '../../../e2e/preview/announcer'
import { app, askingPreflight, preflight } from '../../../e2e/preview/app-data'
import type { Preflight } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import { formOf } from './app-draft'
import { createPreflightStore } from './preflight-store'

const form = formOf(app({ id: 'p1' }))

/** A look ahead that ends when the test says so. */
const slow = () => {
  const { on, announce } = createAnnouncer()
  const ends: { readonly resolve: (all: Preflight) => void; readonly reject: (error: unknown) => void }[] = []
  const trusted: unknown[] = []
  const check = createPreflightStore({
    on,
    apps: {
      preflight: () => new Promise((resolve, reject) => ends.push({ resolve, reject })),
      confirmHostKey: async (input) => {
        trusted.push(input)
      },
    },
  })
  check.start()
  return { ...check, announce, ends, trusted, state: check.store.getState }
}

describe('the look ahead', () => {
  it('ticks while it runs and ends with the answer', async () => {
    const { run, state, announce, ends } = slow()
    const draft = {}
    const running = run(form, draft)
    announce('apps.preflight', preflight({ done: false }))
    expect(state()).toMatchObject({ running: true, preflight: { done: false } })
    ends[0]?.resolve(preflight())
    await running
    expect(state()).toMatchObject({ running: false, preflight: { done: true }, of: draft })
  })

  it('hears nothing after its end: that is of another window’s or an older run', async () => {
    const { run, state, announce, ends } = slow()
    const running = run(form, null)
    ends[0]?.resolve(preflight())
    await running
    announce('apps.preflight', preflight({ done: false, items: [] }))
    expect(state().preflight?.done).toBe(true)
  })

  it('forgets an older run that a newer one ended', async () => {
    const { run, state, ends } = slow()
    const older = run(form, 'older')
    const newer = run(form, 'newer')
    ends[0]?.reject(new Failure('cancelled'))
    await older
    expect(state()).toMatchObject({ running: true, failure: null, of: 'newer' })
    ends[1]?.resolve(preflight())
    await newer
    expect(state()).toMatchObject({ running: false, failure: null })
  })

  it('trusts the key that was shown, then looks again', async () => {
    const { run, trust, state, ends, trusted } = slow()
    const first = run(form, 'draft')
    ends[0]?.resolve(askingPreflight)
    await first
    const again = trust(form, 'draft')
    await expect.poll(() => ends.length).toBe(2)
    expect(trusted).toEqual([{ host: 'git.acme.dev', port: 22, fingerprint: askingPreflight.hostKey?.fingerprint }])
    ends[1]?.resolve(preflight())
    await again
    expect(state().preflight?.hostKey).toBeNull()
  })
})
