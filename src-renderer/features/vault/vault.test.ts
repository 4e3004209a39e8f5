import { describe, expect, it } from 'vitest'
import { createFakeBridge } from '../../../e2e/preview/fake-bridge'
import { vault as status } from '../../../e2e/preview/sample-data'
import { Failure } from '../../../src-preload/contract/outcome'
import { createApi } from '../../client'
import { createVaultStore } from './vault-store'

describe('key storage', () => {
  it('says that a passphrase is wrong, and opens with the right one', async () => {
    let tries = 0
    const { bridge } = createFakeBridge({
      vault: {
        status: async () => status({ state: 'locked' }),
        unlock: async () => {
          tries += 1
          if (tries === 1) throw new Failure('passphrase-wrong')
          return status()
        },
      },
    })
    const { store, start, unlock } = createVaultStore(createApi(bridge))
    start()
    await expect.poll(() => store.getState().status?.state).toBe('locked')
    await expect(unlock()).resolves.toBe(false)
    expect(store.getState()).toMatchObject({ busy: false, failure: { code: 'passphrase-wrong' } })
    await expect(unlock()).resolves.toBe(true)
    expect(store.getState()).toMatchObject({ failure: null, status: { state: 'open' } })
  })

  it('does not let a late answer undo a newer announcement', async () => {
    const late = status({ state: 'waiting' })
    let answer: (value: typeof late) => void = () => undefined
    const { bridge, announce } = createFakeBridge({
      vault: { status: () => new Promise((resolve) => (answer = resolve)) },
    })
    const { store, start } = createVaultStore(createApi(bridge))
    start()
    announce('vault.changed', status())
    answer(late)
    await Promise.resolve()
    expect(store.getState().status?.state).toBe('open')
  })
})
