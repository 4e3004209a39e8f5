import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { KeyHolderName, VaultStatus } from '../../../src-preload/contract/entities/vault'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'

export interface VaultState {
  /** Null until main has answered. */
  readonly status: VaultStatus | null
  readonly busy: boolean
  /** What went wrong with the last thing the person tried. */
  readonly failure: FailureData | null
}

/** Where the secrets are kept, and what a person can do about it. */
export const createVaultStore = (api: Pick<Api, 'vault' | 'on'>) => {
  const store = createStore<VaultState>(() => ({ status: null, busy: false, failure: null }))
  const set = store.setState
  const { vault } = api
  let announced = 0

  /** Runs one step; resolves to whether it worked. */
  const act = async (step: () => Promise<VaultStatus>): Promise<boolean> => {
    set({ busy: true, failure: null })
    try {
      set({ status: await step() })
      return true
    } catch (error) {
      const failure = toFailure(error)
      // Whoever has just refused knows it.
      if (failure.code !== 'cancelled') set({ failure })
      return false
    } finally {
      set({ busy: false })
    }
  }

  return {
    store,
    start: () => {
      const stop = api.on('vault.changed', (status) => {
        announced += 1
        set({ status })
      })
      const before = announced
      vault.status().then(
        (status) => before === announced && set({ status }),
        (error) => set({ failure: toFailure(error) }),
      )
      return stop
    },
    retry: () => act(() => vault.retry()),
    choosePassphrase: () => act(() => vault.choosePassphrase()),
    chooseSession: () => act(() => vault.chooseSession()),
    unlock: () => act(() => vault.unlock()),
    moveTo: (holder: KeyHolderName) => act(() => vault.moveTo({ holder })),
    startOver: () => act(() => vault.startOver()),
    forgetFailure: () => set({ failure: null }),
  }
}
