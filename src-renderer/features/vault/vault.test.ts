import { describe, expect, it } from 'vitest'
import { createFakeBridge } from '../../../e2e/preview/fake-bridge'
import { vault as status } from '../../../e2e/preview/sample-data'
import { Failure } from '../../../src-preload/contract/outcome'
import { createApi } from '../../client'
import { passphraseProblem } from './passphrase'
import { createVaultStore } from './vault-store'

describe('key storage', () => {
  it('says that a passphrase is wrong, and opens with the right one', async () => {
    const { bridge } = createFakeBridge({
      vault: {
        status: async () => status({ state: 'locked' }),
        unlock: async ({ passphrase }) => {
          if (passphrase !== 'right') throw new Failure('passphrase-wrong')
          return status()
        },
      },
    })
    const { store, start, unlock } = createVaultStore(createApi(bridge))
    start()
    await expect.poll(() => store.getState().status?.state).toBe('locked')
    await expect(unlock('wrong')).resolves.toBe(false)
    expect(store.getState()).toMatchObject({ busy: false, failure: { code: 'passphrase-wrong' } })
    await expect(unlock('right')).resolves.toBe(true)
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

describe('a new passphrase', () => {
  it.each([
    ['', '', /10 characters/],
    ['short', 'short', /10 characters/],
    ['🔑🔑🔑🔑🔑', '🔑🔑🔑🔑🔑', /10 characters/],
    ['long enough for it', 'something else', /not the same/],
  ])('%s / %s is refused', (passphrase, repeat, why) => expect(passphraseProblem(passphrase, repeat)).toMatch(why))

  it('is taken when it is long enough and typed twice', () => {
    expect(passphraseProblem('correct horse', 'correct horse')).toBeNull()
  })
})
