import { describe, expect, it } from 'vitest'
import { createAnnouncer } from '../../../e2e/preview/announcer'
import { app, removal, apps as sample } from '../../../e2e/preview/app-data'
import { running } from '../../../e2e/preview/deploy-data'
import type { Api } from '../../../src-preload/contract'
import type { App } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import { formOf } from './app-draft'
import { createAppsStore } from './apps-store'

const unasked = async (): Promise<never> => {
  throw new Failure('unexpected')
}

const started = (answers: Partial<Api['apps']> = {}) => {
  const { on, announce } = createAnnouncer()
  const apps: Api['apps'] = {
    list: async () => sample,
    refresh: async () => sample,
    preflight: unasked,
    confirmHostKey: unasked,
    save: unasked,
    remove: unasked,
    removals: async () => [],
    dismissRemoval: async () => undefined,
    deploy: unasked,
    cancel: unasked,
    rollback: unasked,
    releases: unasked,
    history: unasked,
    log: unasked,
    tryRules: unasked,
    moveTo: unasked,
    ...answers,
  }
  const store = createAppsStore({ apps, on })
  store.start()
  return { ...store, announce, state: store.store.getState }
}

describe('the list of apps', () => {
  it('prefers an announcement to an older answer', async () => {
    let answer: (apps: App[]) => void = () => undefined
    const { state, announce } = started({
      list: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    })
    announce('apps.changed', [app({ id: 'new' })])
    answer(sample)
    await Promise.resolve()
    expect(state().apps?.map(({ id }) => id)).toEqual(['new'])
  })

  it('keeps the list when asking the servers fails, and says why', async () => {
    const { state, refresh } = started({
      refresh: async () => {
        throw new Failure('unreachable', { host: 'shop.acme.dev' })
      },
    })
    await expect.poll(() => state().apps?.length).toBe(sample.length)
    await refresh()
    expect(state()).toMatchObject({ refreshing: false, failure: { code: 'unreachable' } })
    expect(state().apps).toHaveLength(sample.length)
  })

  it('keeps a failed action with its app until the next one', async () => {
    let broken = true
    const { state, deploy } = started({
      deploy: async () => {
        if (broken) throw new Failure('conflict')
        return running
      },
    })
    expect(await deploy('p1')).toBeNull()
    expect(state().failures.p1?.code).toBe('conflict')
    expect(state().busy.has('p1')).toBe(false)
    broken = false
    const second = deploy('p1')
    expect(state().busy.has('p1')).toBe(true)
    expect(state().failures.p1).toBeUndefined()
    expect(await second).toEqual(running)
  })

  it('shows a saved app at once', async () => {
    const { state, save } = started({ save: async ({ name }) => app({ id: 'p1', name }) })
    await expect.poll(() => state().apps?.length).toBe(sample.length)
    await save({ ...formOf(app({ id: 'p1' })), name: 'renamed' })
    expect(
      state()
        .apps?.filter(({ id }) => id === 'p1')
        .map(({ name }) => name),
    ).toEqual(['renamed'])
  })

  it('drops a removed app, and offers what is left of it until it is put away', async () => {
    let open = [removal]
    const { state, remove, dismissRemoval } = started({
      remove: async () => removal,
      removals: async () => open,
      dismissRemoval: async () => {
        open = []
      },
    })
    await expect.poll(() => state().apps?.length).toBe(sample.length)
    await remove('p1', true)
    expect(state().apps?.some(({ id }) => id === 'p1')).toBe(false)
    expect(state().removals).toEqual([removal])
    await dismissRemoval(removal.id)
    expect(state().removals).toEqual([])
  })
})
