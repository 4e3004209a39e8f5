import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'

interface KeysState {
  /** Null until main has answered. */
  readonly keys: readonly SshKey[] | null
  readonly failure: FailureData | null
}

/** The keys, kept equal to main's by its announcements. */
export const createKeysStore = (api: Pick<Api, 'sshKeys' | 'on'>) => {
  const store = createStore<KeysState>(() => ({ keys: null, failure: null }))
  const load = async () => {
    try {
      store.setState({ keys: await api.sshKeys.list(), failure: null })
    } catch (error) {
      store.setState({ failure: toFailure(error) })
    }
  }
  return {
    store,
    load,
    start: () => {
      const stop = api.on('ssh-keys.changed', (keys) => store.setState({ keys, failure: null }))
      void load()
      return stop
    },
  }
}
